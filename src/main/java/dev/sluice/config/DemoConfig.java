package dev.sluice.config;

import java.time.Duration;

/**
 * The built-in demo model.
 *
 * @param firstToken how long it thinks
 * @param tokensPerSecond how fast it talks
 * @param jitter how unevenly: 0 like a clock, 1 anything between at once and twice the pause
 * @param tokens how much it says; 0 means its whole text
 * @param fault how it misbehaves, for trying out what happens then
 */
public record DemoConfig(
    boolean enabled,
    Duration firstToken,
    double tokensPerSecond,
    double jitter,
    int tokens,
    DemoFault fault) {

  public static final DemoConfig DEFAULT =
      new DemoConfig(true, Duration.ofMillis(300), 40, 0.3, 0, DemoFault.NONE);

  /** A way to misbehave. */
  public enum DemoFault {
    NONE,
    /** Fails before the first token. */
    REFUSE,
    /** Says "too many requests". */
    RATE_LIMIT,
    /** Ends in the middle without saying so. */
    CUT,
    /** Falls silent in the middle. */
    STALL,
    /** Sends what nobody can read. */
    GARBAGE
  }
}
