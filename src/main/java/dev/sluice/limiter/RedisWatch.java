package dev.sluice.limiter;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether Redis is away, and says so in the log: at most one line a minute, and in words of
 * our own, since an error's text may hold the URL.
 */
final class RedisWatch {
  private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);
  private static final long SILENCE_MILLIS = 60_000;

  private final LongSupplier clock;
  private volatile @Nullable String reason = "not connected yet";
  private @Nullable Long lastLine;

  RedisWatch(LongSupplier clock) {
    this.clock = clock;
  }

  /** Why Redis is away, or null if it is not. */
  @Nullable String reason() {
    return reason;
  }

  void isBack() {
    reason = null;
  }

  void isAway(String reason) {
    this.reason = reason;
    long now = clock.getAsLong();
    if (lastLine == null || now - lastLine >= SILENCE_MILLIS) {
      lastLine = now;
      log.warn("the Redis of the limits is away ({}); trying each second", reason);
    }
  }

  /** What went wrong, in a few words that are known beforehand. */
  static String reason(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof IOException) {
      return "no connection";
    }
    String text = String.valueOf(cause.getMessage());
    if (text.startsWith("OOM")) {
      return "its memory is full";
    }
    if (text.startsWith("NOAUTH") || text.startsWith("WRONGPASS")) {
      return "it does not know the password";
    }
    return "an error";
  }
}
