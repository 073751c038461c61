package dev.sluice.telemetry;

import java.util.concurrent.TimeUnit;

/**
 * How late an event loop does what it was to do at a certain time: the longest delay of the last
 * ten to twenty seconds. Written by one thread and read by all.
 */
public final class LoopDelay {
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

  private long windowEnd = Long.MIN_VALUE;
  private long longest;
  private volatile long before;
  private volatile long current;

  /** Takes note of a delay, which is nothing if it is negative. */
  public void late(long nanos, long now) {
    if (windowEnd == Long.MIN_VALUE || now - windowEnd > 0) {
      windowEnd = now + WINDOW;
      before = longest;
      longest = 0;
    }
    longest = Math.max(longest, nanos);
    current = longest;
  }

  public double seconds() {
    return (double) Math.max(before, current) / TimeUnit.SECONDS.toNanos(1);
  }
}
