package dev.sluice.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the reloads of one thing end, such as the settings: counted for metrics, and the reason of
 * the latest failure for health. Safe on any thread.
 */
public final class ReloadStatus {
  private final Counter successes;
  private final Counter failures;
  private volatile Instant lastSuccess = Instant.now();
  private volatile @Nullable String problem;

  ReloadStatus(MeterRegistry registry, String what) {
    successes = counter(registry, what, "success");
    failures = counter(registry, what, "failure");
    Gauge.builder("sluice.reload.last.success", () -> lastSuccess.getEpochSecond())
        .description("When a reload last succeeded, or the start did; seconds since 1970")
        .baseUnit("seconds")
        .tag("what", what)
        .register(registry);
    Gauge.builder("sluice.reload.failing", () -> problem == null ? 0 : 1)
        .description("1 from a reload that failed until one that succeeds")
        .tag("what", what)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String what, String outcome) {
    return Counter.builder("sluice.reload")
        .description("Reloads, by what was read again and how that ended")
        .tags("what", what, "outcome", outcome)
        .register(registry);
  }

  /** A reload succeeded. */
  public void succeeded() {
    successes.increment();
    lastSuccess = Instant.now();
    problem = null;
  }

  /**
   * A reload failed, and what held before still holds.
   *
   * @param reason in words for anybody: no path, no value
   */
  public void failed(String reason) {
    failures.increment();
    problem = reason;
  }

  /** What holds has become a problem by itself, without a reload. */
  public void degraded(String reason) {
    problem = reason;
  }

  /** The reason why the latest reload failed, or null if it did not. */
  public @Nullable String problem() {
    return problem;
  }

  /** When a reload last succeeded, or the start. */
  public Instant lastSuccess() {
    return lastSuccess;
  }
}
