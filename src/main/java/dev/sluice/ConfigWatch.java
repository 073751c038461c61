package dev.sluice;

import dev.sluice.FileWatcher.Cause;
import dev.sluice.FileWatcher.Finding;
import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigException;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.RestartOnly;
import dev.sluice.telemetry.ReloadStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the settings when their file has changed. A file that cannot be read or is not valid
 * changes nothing: the log says why, once, and health is degraded until a reload succeeds.
 */
final class ConfigWatch extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);

  private final Path file;
  private final Map<String, String> environment;
  private final Reloads reloads;
  private boolean exists;
  private Config running;

  /**
   * @param exists whether the gateway started with this file; else it may come later
   */
  ConfigWatch(
      Path file,
      boolean exists,
      Map<String, String> environment,
      Config running,
      ReloadStatus status) {
    this.file = file;
    this.exists = exists;
    this.environment = Map.copyOf(environment);
    this.running = running;
    this.reloads = new Reloads(log, "The settings", status);
  }

  @Override
  public Future<?> start() {
    FileWatcher watcher = new FileWatcher(vertx, List.of(file), this::found);
    watcher.start();
    return reloads.follow(vertx, watcher);
  }

  private void found(Finding finding, Cause cause) {
    if (finding instanceof Finding.Content content) {
      exists = true;
      Buffer text = content.files().get(0);
      if (cause != Cause.FIRST && text.length() == 0) {
        reloads.failed("the file is empty", file + " is empty");
      } else {
        read(text.toString(), cause);
      }
    } else if (finding instanceof Finding.Unreadable problem) {
      unreadable(problem.reason(), cause);
    }
  }

  private void unreadable(String reason, Cause cause) {
    if (exists && cause == Cause.FIRST && reason.equals(FileWatcher.SPECIAL)) {
      log.warn("Changes of {} are not followed, since it {}", file, reason);
    } else if (exists) {
      reloads.failed("the file " + reason, file + " " + reason);
    } else if (cause == Cause.REQUESTED) {
      log.info("There are no settings to read again: {} {}", file, reason);
    }
  }

  private void read(String text, Cause cause) {
    vertx
        .executeBlocking(() -> ConfigReader.read(file.toString(), text, environment))
        .onSuccess(latest -> take(latest, cause))
        .onFailure(
            problem ->
                reloads.failed(
                    "the file has mistakes, which the log lists",
                    problem instanceof ConfigException
                        ? String.valueOf(problem.getMessage())
                        : problem.toString()));
  }

  private void take(Config latest, Cause cause) {
    List<String> waiting = RestartOnly.changes(running, latest);
    Config next = RestartOnly.keep(running, latest);
    boolean changes = !next.equals(running);
    if (cause == Cause.FIRST && !changes && waiting.isEmpty()) {
      return; // what the gateway started with
    }
    reloads.succeeded(changes ? "have changed" : "are unchanged");
    if (!waiting.isEmpty()) {
      log.warn("To change {} takes a restart", String.join(", ", waiting));
    }
    if (changes) {
      running = next;
      LogSettings.setLevel(running.log());
      Bus.publish(vertx, Addresses.SETTINGS, running);
      Warnings.tell(running);
    }
  }
}
