package dev.sluice.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * The wait in whole seconds, rounded up, as {@code Retry-After} has it (RFC 9110, 10.2.3); null
   * for {@link Limit.Unit#STREAMS}, since nobody knows when an answer ends.
   */
  public @Nullable Long retryAfterSeconds() {
    return by.unit() == Limit.Unit.STREAMS
        ? null
        : Math.max(1, (retryAfterMillis + SECOND - 1) / SECOND);
  }

  /** The same as what a client is told. */
  public Failure failure() {
    Long seconds = retryAfterSeconds();
    if (seconds == null) {
      return Failure.of(
          Fault.TOO_MANY_STREAMS,
          "No more than "
              + by.amount()
              + (by.amount() == 1 ? " answer" : " answers")
              + " at the same time; try again when one has ended.");
    }
    return Failure.of(
            Fault.RATE_LIMITED,
            "The limit of " + amount() + " is reached; try again in " + seconds + " s.")
        .retryAfter(seconds);
  }

  private String amount() {
    return switch (by.unit()) {
      case REQUESTS, STREAMS ->
          by.amount() + (by.amount() == 1 ? " request" : " requests") + " per " + by.name();
      case TOKENS -> by.amount() + " tokens per " + period();
      case MICRODOLLARS -> "$" + by.amount() / 1e6 + " per " + period();
    };
  }

  /** The last word of a name such as {@code tokens-minute}. */
  private String period() {
    return by.name().substring(by.name().lastIndexOf('-') + 1);
  }
}
