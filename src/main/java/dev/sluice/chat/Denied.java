package dev.sluice.chat;

import java.util.List;

/**
 * The request may not go on, and nothing was spent.
 *
 * @param by the limit that is the last to give way
 * @param retryAfterMillis how long to wait, at least 1: not a millisecond less is enough, and then
 *     there is room unless somebody else took it
 */
public record Denied(Limit by, long retryAfterMillis, List<LimitState> states)
    implements Admission {
  private static final int SECOND = 1_000;

  public Denied {
    states = List.copyOf(states);
  }

  /** The wait in whole seconds, rounded up, as {@code Retry-After} has it (RFC 9110, 10.2.3). */
  public long retryAfterSeconds() {
    return Math.max(1, (retryAfterMillis + SECOND - 1) / SECOND);
  }

  /** The same as what a client is told. */
  public Failure failure() {
    return Failure.of(
            Fault.RATE_LIMITED,
            "The limit of "
                + by.requests()
                + (by.requests() == 1 ? " request" : " requests")
                + " per "
                + by.name()
                + " is reached; try again in "
                + retryAfterSeconds()
                + " s.")
        .retryAfter(retryAfterSeconds());
  }
}
