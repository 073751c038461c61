package dev.sluice.limiter;

/** Redis did not answer as it should, for whatever reason; what it did is unknown. */
final class RedisAwayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RedisAwayException(String reason) {
    super(reason, null, false, false);
  }
}
