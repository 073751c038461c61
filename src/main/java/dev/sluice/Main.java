package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.config.Config;
import dev.sluice.config.ConfigException;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.ConfigText;
import dev.sluice.http.PageFiles;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.http.connection.GatedTransport;
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

        --config FILE    settings (default: conf/sluice.yaml, if it exists)
        --check          check all settings as a start would, without a network, and stop
        --print-config   print all settings as they hold, secrets masked, and stop
        --new-key        print a new key for a client, and its hash for keys.clients
        --version        print the version
        --help           print this

      Exit codes: 0; 64 wrong arguments; 69 cannot listen; 78 wrong settings.
      """;

  private Main() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] args) {
    Path file = null;
    String deed = "run";
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--config" -> {
          if (++i == args.length) {
            refuse("--config needs a file");
            return;
          }
          file = Path.of(args[i]);
        }
        case "--check", "--print-config", "--new-key", "--version", "--help" -> deed = args[i];
        default -> {
          refuse("Unknown argument: " + args[i]);
          return;
        }
      }
    }
    perform(deed, file);
  }

  private static void perform(String deed, @Nullable Path file) {
    switch (deed) {
      case "--check" -> {
        settings(file);
        say("The settings are good.");
      }
      case "--print-config" -> System.out.print(ConfigText.of(settings(file)));
      case "--new-key" -> {
        NewApiKey key = NewApiKey.generate(new SecureRandom());
        say("key:  " + key.key().reveal() + System.lineSeparator() + "hash: " + key.hash());
      }
      case "--version" -> say("sluice " + Version.current());
      case "--help" -> say(HELP);
      default -> run(file);
    }
  }

  private static void refuse(String sentence) {
    System.err.print(sentence + System.lineSeparator() + HELP);
    System.exit(USAGE);
  }

  /** The settings, without a network and without a Vert.x that stays; ends the process if wrong. */
  private static Config settings(@Nullable Path file) {
    Vertx vertx = Vertx.vertx();
    try {
      return load(vertx, file);
    } finally {
      vertx.close();
    }
  }

  private static Config load(Vertx vertx, @Nullable Path file) {
    try {
      return ConfigLoader.load(vertx, file, System.getenv()).await(LOAD_SECONDS, SECONDS);
    } catch (Exception e) {
      System.err.println(e instanceof ConfigException ? e.getMessage() : "No settings: " + e);
      System.exit(BAD_CONFIG);
      throw new IllegalStateException(e);
    }
  }

  private static void run(@Nullable Path file) {
    // A client of TLS 1.2 could else ask for one handshake after the other, which costs it nothing.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    // One for each core: more would only take turns, and the limiter would sit on one of its own.
    int cores = Runtime.getRuntime().availableProcessors();
    ConnectionGate gate = new ConnectionGate();
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(cores))
            .withTransport(new GatedTransport(gate))
            .build();
    Path watched = file == null ? ConfigLoader.USUAL : file;
    boolean exists = Files.exists(watched);
    Config config = load(vertx, file);
    LogSettings.apply(config.log());
    Logger log = LoggerFactory.getLogger(Main.class);
    try {
      PageFiles page = PageFiles.load(config.http().offline());
      Gateway gateway = Gateway.start(config, vertx, gate, Version.current(), page);
      Shutdown.handleSignals(gateway);
      Signals.handle("HUP", gateway::reload);
      gateway.watch(watched, exists, System.getenv());
      log.info("Sluice {} listens on {}", Version.current(), url(config, gateway.port()));
      Warnings.tell(config);
    } catch (IOException | TimeoutException | RuntimeException e) {
      log.error("Sluice does not start: {}", reason(e, config));
      LogSettings.flush();
      System.exit(UNAVAILABLE);
    }
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
    return scheme + "://" + (Warnings.isLoopback(config) ? "localhost" : host) + ":" + port;
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
