package dev.sluice;

import dev.sluice.FileWatcher.Cause;
import dev.sluice.bus.Addresses;
import dev.sluice.bus.Reload;
import dev.sluice.telemetry.ReloadStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The rules of all reloads: files are read again when they change and when a {@link Reload} is
 * requested. A reload that failed is tried again, since its cause may be another file or the time.
 * Each outcome is logged once and reported to metrics and health.
 */
final class Reloads {
  private static final long RETRY_MILLIS = 10_000;

  private final Logger log;
  private final String what;
  private final ReloadStatus status;
  private @Nullable String failure;

  /**
   * @param what the subject of log lines, in the plural
   */
  Reloads(Logger log, String what, ReloadStatus status) {
    this.log = log;
    this.what = what;
    this.status = status;
  }

  /** Lets {@code watcher} report on request, and again after a failure. */
  Future<Void> follow(Vertx vertx, FileWatcher watcher) {
    vertx.setPeriodic(
        RETRY_MILLIS,
        timer -> {
          if (failure != null) {
            watcher.report(Cause.CHANGED);
          }
        });
    MessageConsumer<Reload> requests =
        vertx
            .eventBus()
            .<Reload>localConsumer(Addresses.RELOAD)
            .handler(
                request -> {
                  failure = null;
                  watcher.report(Cause.REQUESTED);
                });
    return requests.completion();
  }

  /**
   * @param how what the log says of it
   */
  void succeeded(String how) {
    if (failure != null) {
      failure = null;
      log.info("{} can be read again", what);
    }
    status.succeeded();
    log.info("{} {}", what, how);
  }

  /**
   * Does nothing if the latest reload failed in the same way.
   *
   * @param reason for anybody, without a path
   * @param detail for the log
   */
  void failed(String reason, String detail) {
    if (!detail.equals(failure)) {
      failure = detail;
      status.failed(reason);
      log.error("{} stay as they are: {}", what, detail);
    }
  }
}
