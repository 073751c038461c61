package dev.sluice;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process. The first SIGTERM or SIGINT drains the gateway and then exits; the next one
 * exits at once.
 */
final class Shutdown {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  /** A process that ends by a signal exits with 128 and its number. */
  private static final int BY_INT = 128 + 2;

  private static final int BY_TERM = 128 + 15;
  private static final long FLUSH_MILLIS = 500;

  private final Gateway gateway;
  private final AtomicBoolean begun = new AtomicBoolean();

  private Shutdown(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Handles the signals from now on. Where that is impossible, a shutdown hook drains. */
  static void handleSignals(Gateway gateway) {
    Shutdown shutdown = new Shutdown(gateway);
    Signals.handle("TERM", () -> shutdown.signalled(BY_TERM));
    Signals.handle("INT", () -> shutdown.signalled(BY_INT));
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::stopOnce, "shutdown"));
  }

  private void signalled(int status) {
    if (!begun.compareAndSet(false, true)) {
      log.warn("Sluice ends at once, since it was told to stop again; answers are cut");
      flush();
      Runtime.getRuntime().halt(status);
    }
    stop();
    System.exit(status);
  }

  private void stopOnce() {
    if (begun.compareAndSet(false, true)) {
      stop();
    }
  }

  private void stop() {
    log.info("Sluice stops; answers under way may end. A second signal ends it at once");
    try {
      gateway.close();
      log.info("Sluice has stopped");
    } catch (TimeoutException e) {
      log.warn("Sluice did not stop in time");
    }
    LogSettings.flush();
  }

  /** Writes what is still to be logged, unless that takes too long. */
  private static void flush() {
    Thread flushing = new Thread(LogSettings::flush, "flush");
    flushing.setDaemon(true);
    flushing.start();
    try {
      flushing.join(FLUSH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
