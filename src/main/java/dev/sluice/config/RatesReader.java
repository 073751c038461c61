package dev.sluice.config;

/** Reads the limits of one set. */
final class RatesReader {
  /** The highest limit of requests that can be set. */
  static final int MOST = 10_000_000;

  private static final long MOST_TOKENS = 1_000_000_000_000L;
  private static final double MOST_DOLLARS = 1_000_000;
  private static final int MOST_STREAMS = 10_000;
  private static final double MICRO = 1e6;

  private RatesReader() {}

  /** What is not written is as usual. */
  static Rates read(Section in, Rates usual) {
    return read(in, usual, in.key("per_minute"), in.key("per_hour"), in.key("per_day"));
  }

  /** The same, with limits of requests that may also be written elsewhere. */
  static Rates read(Section in, Rates usual, Setting perMinute, Setting perHour, Setting perDay) {
    return new Rates(
        perMinute.integer(1, MOST).orElse(usual.perMinute()),
        perHour.integer(1, MOST).orElse(usual.perHour()),
        perDay.integer(1, MOST).orElse(usual.perDay()),
        in.key("streams").integer(0, MOST_STREAMS).orElse(usual.streams()),
        in.key("tokens_per_minute").whole(0, MOST_TOKENS).orElse(usual.tokensPerMinute()),
        in.key("tokens_per_day").whole(0, MOST_TOKENS).orElse(usual.tokensPerDay()),
        in.key("dollars_per_day")
            .number(0, MOST_DOLLARS)
            .map(dollars -> Math.round(dollars * MICRO))
            .orElse(usual.microdollarsPerDay()));
  }
}
