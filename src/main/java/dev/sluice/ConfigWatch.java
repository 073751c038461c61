package dev.sluice;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigException;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.RestartOnly;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the settings file each second and publishes what has changed in it. It looks at the text
 * and not at its time, so that it also sees a file that is a link to another. A text counts once
 * two looks in a row have seen it: an editor may not be done with it. What cannot be read or is not
 * valid is told in the log, and the last good settings hold.
 */
final class ConfigWatch extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);
  private static final long INTERVAL_MILLIS = 1_000;

  private final Path file;
  private final Map<String, String> environment;
  private Config running;
  private @Nullable Buffer seen;
  private @Nullable Buffer taken;

  ConfigWatch(Path file, Map<String, String> environment, Config running) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.running = running;
  }

  @Override
  public Future<?> start() {
    return read()
        .onSuccess(text -> taken = text)
        .onComplete(first -> vertx.setPeriodic(INTERVAL_MILLIS, timer -> look()))
        .otherwiseEmpty();
  }

  private Future<Buffer> read() {
    return vertx.fileSystem().readFile(file.toAbsolutePath().toString());
  }

  private void look() {
    read()
        .onSuccess(
            text -> {
              boolean steady = text.equals(seen);
              seen = text;
              if (steady && !text.equals(taken)) {
                taken = text;
                take(text.toString());
              }
            });
  }

  private void take(String text) {
    vertx
        .executeBlocking(() -> ConfigReader.read(file.toString(), text, environment))
        .onSuccess(this::publish)
        .onFailure(
            cause ->
                log.error(
                    "The settings stay as they are: {}",
                    cause instanceof ConfigException problems
                        ? problems.getMessage()
                        : cause.toString()));
  }

  private void publish(Config latest) {
    List<String> waiting = RestartOnly.changes(running, latest);
    if (!waiting.isEmpty()) {
      log.warn("To change {} takes a restart", String.join(", ", waiting));
    }
    running = RestartOnly.keep(running, latest);
    LogSettings.setLevel(running.log());
    Bus.publish(vertx, Addresses.SETTINGS, running);
    log.info("The settings have changed");
  }
}
