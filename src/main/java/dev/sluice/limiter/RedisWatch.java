package dev.sluice.limiter;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether Redis is unavailable, and logs its loss and its return once each, in words of our
 * own, since an error's text may hold the URL. It has returned when it has been available for
 * {@value #STABLE_MILLIS} milliseconds: a connection that fails again at once is no return.
 */
final class RedisWatch {
  private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);
  private static final long STABLE_MILLIS = 5_000;

  private final LongSupplier clock;
  private volatile @Nullable String reason = "not connected yet";
  private boolean lossLogged;
  private long backSince;

  RedisWatch(LongSupplier clock) {
    this.clock = clock;
  }

  /** Why Redis is unavailable, or null if it is not. */
  @Nullable String reason() {
    return reason;
  }

  void isBack() {
    if (reason != null) {
      reason = null;
      backSince = clock.getAsLong();
    }
  }

  void isAway(String reason) {
    this.reason = reason;
    if (!lossLogged) {
      lossLogged = true;
      log.warn("The Redis of the limits is unavailable ({}); trying again each second", reason);
    }
  }

  /** Logs the return once it lasts; to be called each second. */
  void tick() {
    if (lossLogged && reason == null && clock.getAsLong() - backSince >= STABLE_MILLIS) {
      lossLogged = false;
      log.info("The Redis of the limits is back");
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
