package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.config.Config;
import dev.sluice.config.ConfigException;
import dev.sluice.config.ConfigLoader;
import dev.sluice.http.identity.NewApiKey;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the gateway: settings, then everything that runs, then one line that says where it
 * listens. Exit codes are those of BSD's {@code sysexits.h}.
 */
public final class Main {
  private static final int USAGE = 64;
  private static final int UNAVAILABLE = 69;
  private static final int BAD_CONFIG = 78;
  private static final int LOAD_SECONDS = 10;

  private static final String HELP =
      """
      Sluice, a chat gateway.

        --config FILE   settings (default: conf/sluice.yaml, if it exists)
        --new-key       print a new key for a client, and its hash for keys.clients
        --version       print the version
        --help          print this
      """;

  private Main() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] args) {
    Path file = null;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--config") && i + 1 < args.length) {
        file = Path.of(args[++i]);
      } else if (args[i].equals("--new-key")) {
        NewApiKey key = NewApiKey.generate(new SecureRandom());
        say("key:  " + key.key().reveal() + System.lineSeparator() + "hash: " + key.hash());
        return;
      } else if (args[i].equals("--version")) {
        say("sluice " + Version.current());
        return;
      } else if (args[i].equals("--help")) {
        say(HELP);
        return;
      } else {
        System.err.print("Unknown argument: " + args[i] + System.lineSeparator() + HELP);
        System.exit(USAGE);
      }
    }
    run(file);
  }

  private static void run(@Nullable Path file) {
    // One for each core: more would only take turns, and the limiter would sit on one of its own.
    int cores = Runtime.getRuntime().availableProcessors();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores));
    Config config;
    try {
      config = ConfigLoader.load(vertx, file, System.getenv()).await(LOAD_SECONDS, SECONDS);
    } catch (Exception e) {
      System.err.println(e instanceof ConfigException ? e.getMessage() : "No settings: " + e);
      System.exit(BAD_CONFIG);
      return;
    }
    LogSettings.apply(config.log());
    Logger log = LoggerFactory.getLogger(Main.class);
    try {
      Gateway gateway = Gateway.start(config, vertx, Version.current());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, log), "shutdown"));
      if (file != null || Files.exists(ConfigLoader.USUAL)) {
        Path watched = file == null ? ConfigLoader.USUAL : file;
        vertx.deployVerticle(new ConfigWatch(watched, System.getenv(), config)).await();
      }
      log.info("Sluice {} listens on {}", Version.current(), url(config, gateway.port()));
      if (isOpen(config)) {
        log.warn(
            "Whoever reaches this address may chat: set keys.required to let in only who has a key");
      }
    } catch (IOException | TimeoutException | RuntimeException e) {
      log.error("Sluice does not start: {}", reason(e, config));
      LogSettings.flush();
      System.exit(UNAVAILABLE);
    }
  }

  private static void stop(Gateway gateway, Logger log) {
    log.info("Sluice stops; answers under way may end");
    try {
      gateway.close();
      log.info("Sluice has stopped");
    } catch (TimeoutException e) {
      log.warn("Sluice did not stop in time");
    }
    LogSettings.flush();
  }

  private static String reason(Exception e, Config config) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return config.http().host()
            + ":"
            + config.http().port()
            + " cannot be listened on ("
            + cause.getMessage()
            + "). Choose another port: PORT=8081.";
      }
    }
    return e.toString();
  }

  private static String url(Config config, int port) {
    String scheme = config.http().tls() == null ? "http" : "https";
    String host = config.http().host();
    return scheme + "://" + (isLoopback(config) ? "localhost" : host) + ":" + port;
  }

  private static boolean isOpen(Config config) {
    return !isLoopback(config) && !config.keys().required();
  }

  private static boolean isLoopback(Config config) {
    String host = config.http().host();
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
