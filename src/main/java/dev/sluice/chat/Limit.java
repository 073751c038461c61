package dev.sluice.chat;

import java.time.Duration;

/**
 * How much one client may use in any stretch of time of a certain length.
 *
 * @param name what headers and messages call it, such as {@code minute}
 * @param amount at least 1; money is in millionths of a dollar
 * @param window at least a millisecond; for {@link Unit#STREAMS}, which are counted while they
 *     last, how long one is believed in of which nothing is heard
 */
public record Limit(String name, Unit unit, long amount, Duration window) {

  /** What is counted. */
  public enum Unit {
    REQUESTS,
    TOKENS,
    MICRODOLLARS,
    /** Answers under way at the same time. */
    STREAMS
  }

  public Limit {
    if (amount < 1 || window.toMillis() < 1) {
      throw new IllegalArgumentException("A limit needs an amount and a millisecond: " + name);
    }
  }

  /** So many requests. */
  public Limit(String name, int requests, Duration window) {
    this(name, Unit.REQUESTS, requests, window);
  }
}
