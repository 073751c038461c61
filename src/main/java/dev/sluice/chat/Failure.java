package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong, in words that may be shown to anybody: no secret, no prompt, no
 * vendor's own error text.
 *
 * @param message one sentence for a person
 * @param field the request's member that is to blame ({@code history[3].role}), or null
 * @param retryAfterSeconds how long to wait before the next try, at least 1; or null if unknown
 */
public record Failure(
    Fault fault, String message, @Nullable String field, @Nullable Long retryAfterSeconds) {

  /** A fault of the gateway's own, of which its log tells more. */
  public static final Failure INTERNAL =
      of(Fault.INTERNAL, "Something went wrong inside the gateway.");

  /** The gateway drains: no chat begins, and those under way come to their end. */
  public static final Failure SHUTTING_DOWN =
      of(Fault.SERVER_SHUTDOWN, "The gateway is shutting down. Try again in a moment.")
          .retryAfter(2L);

  public static Failure of(Fault fault, String message) {
    return new Failure(fault, message, null, null);
  }

  public static Failure at(String field, Fault fault, String message) {
    return new Failure(fault, message, field, null);
  }

  public Failure retryAfter(@Nullable Long seconds) {
    return new Failure(fault, message, field, seconds);
  }
}
