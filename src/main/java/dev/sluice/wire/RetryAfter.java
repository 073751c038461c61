package dev.sluice.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an upstream wants to be left alone. */
public final class RetryAfter {
  private static final long LONGEST = 3600;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");

  private RetryAfter() {}

  /**
   * The wait in seconds, rounded up, at least 1 and at most 3600; null if none is named or what is
   * named makes no sense.
   *
   * <p>Read are {@code retry-after-ms} (a habit of OpenAI and Azure) and then {@code Retry-After}
   * (RFC 9110, section 10.2.3: seconds or a date; of the date forms only the one that may still be
   * sent). Fractions of a second are borne.
   *
   * @param header looks a header up by its lower-case name
   */
  public static @Nullable Long seconds(UnaryOperator<@Nullable String> header) {
    return seconds(header, Instant.now());
  }

  static @Nullable Long seconds(UnaryOperator<@Nullable String> header, Instant now) {
    Double milliseconds = number(header.apply("retry-after-ms"));
    if (milliseconds != null) {
      return clamped(milliseconds / 1000);
    }
    String value = header.apply("retry-after");
    Double seconds = number(value);
    if (seconds != null) {
      return clamped(seconds);
    }
    return untilDate(value, now);
  }

  private static @Nullable Double number(@Nullable String value) {
    if (value == null || !NUMBER.matcher(value.strip()).matches()) {
      return null;
    }
    return Double.valueOf(value.strip());
  }

  private static @Nullable Long untilDate(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    try {
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from);
      return clamped(Duration.between(now, date).toMillis() / 1000.0);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static long clamped(double seconds) {
    return Math.max(1, Math.min(LONGEST, (long) Math.ceil(seconds)));
  }
}
