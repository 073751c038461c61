package dev.sluice.config;

import java.time.Duration;
import java.util.Optional;

/** Reads a provider's {@code timeouts}. */
final class TimeoutReader {
  private TimeoutReader() {}

  static TimeoutConfig read(Section in) {
    TimeoutConfig usual = TimeoutConfig.DEFAULT;
    Duration total = in.key("total").duration().orElse(usual.total());
    return new TimeoutConfig(
        within(total, in.key("connect"), usual.connect()),
        within(total, in.key("first_token"), usual.firstToken()),
        within(total, in.key("silence"), usual.silence()),
        total);
  }

  /** A part of the total: what is written must fit into it, what is not written is made to fit. */
  private static Duration within(Duration total, Setting written, Duration usual) {
    Optional<Duration> part = written.duration();
    if (part.isPresent() && part.get().compareTo(total) > 0) {
      written.refuse("must not be longer than total, which is " + Quantities.written(total));
    }
    return part.orElse(usual.compareTo(total) < 0 ? usual : total);
  }
}
