package dev.sluice.upstream;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for conditions that other threads bring about, never longer than a deadline. */
public final class Waiting {
  private Waiting() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what the condition in words, for the failure's text
   * @throws AssertionError if it does not hold in time
   */
  public static void until(String what, Duration timeout, BooleanSupplier condition) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + timeout + ": " + what);
      }
      rest();
    }
  }

  /**
   * As {@link #until(String, Duration, BooleanSupplier)}, for as long as {@link
   * FakeUpstream#PATIENCE}.
   */
  public static void until(String what, BooleanSupplier condition) {
    until(what, FakeUpstream.PATIENCE, condition);
  }

  static <T> @Nullable T poll(BlockingQueue<T> queue, Duration timeout) {
    try {
      return queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
