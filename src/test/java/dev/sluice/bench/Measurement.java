package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One target under one load.
 *
 * @param cpuMicros what the target used
 * @param beforeKb its memory before
 * @param openKb its memory with all streams open; 0 where that is not measured
 * @param leftOpen streams that the upstream still wrote to when the clients had long vanished
 */
record Measurement(
    Target target, LoadReport report, long cpuMicros, long beforeKb, long openKb, long leftOpen) {
  private static final Duration VANISH_LIMIT = Duration.ofSeconds(5);

  static Measurement of(Target target, LoadOptions load) throws IOException {
    var before = target.cost();
    var report = StreamLoad.run(load);
    var after = target.cost();
    return new Measurement(
        target, report, after.cpuMicros() - before.cpuMicros(), before.rssKb(), 0, 0);
  }

  /**
   * Of a load that abandons its streams: the memory they take, and whether they are gone after
   * them.
   */
  static Measurement ofHeld(Target target, LoadOptions load, int mockPort)
      throws IOException, InterruptedException {
    var before = target.cost();
    long others = MockControl.count(mockPort, "open");
    var running = CompletableFuture.supplyAsync(() -> runUnchecked(load));
    TimeUnit.MILLISECONDS.sleep(load.time().toMillis() * 9 / 10);
    var open = target.cost();
    var report = running.join();
    long deadline = System.nanoTime() + VANISH_LIMIT.toNanos();
    long left = MockControl.count(mockPort, "open") - others;
    while (left > 0 && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(50);
      left = MockControl.count(mockPort, "open") - others;
    }
    long cpu = target.cost().cpuMicros() - before.cpuMicros();
    return new Measurement(target, report, cpu, before.rssKb(), open.rssKb(), left);
  }

  private static LoadReport runUnchecked(LoadOptions load) {
    try {
      return StreamLoad.run(load);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Microseconds of the target's time for each token, or for each answer that is not streamed. */
  double microsEach() {
    long each = report.tokens > 0 ? report.tokens : report.whole;
    return each == 0 ? Double.NaN : (double) cpuMicros / each;
  }

  /** Memory for each stream that was open at the end, in KiB. */
  double kbPerStream() {
    return report.abandoned == 0 ? Double.NaN : (double) (openKb - beforeKb) / report.abandoned;
  }
}
