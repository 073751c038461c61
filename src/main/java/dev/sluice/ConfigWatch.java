package dev.sluice;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigException;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.RestartOnly;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what has changed in the settings file. What cannot be read or is not valid is told in
 * the log, and the last good settings hold.
 */
final class ConfigWatch extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);

  private final Path file;
  private final Map<String, String> environment;
  private Config running;

  ConfigWatch(Path file, Map<String, String> environment, Config running) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.running = running;
  }

  @Override
  public Future<?> start() {
    return SteadyFiles.watch(vertx, List.of(file), texts -> take(texts.get(0).toString()));
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
    Warnings.tell(running);
  }
}
