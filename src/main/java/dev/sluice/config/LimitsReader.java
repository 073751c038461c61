package dev.sluice.config;

import dev.sluice.config.RedisConfig.WhenAway;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code limits}. */
final class LimitsReader {
  /** The highest limit that can be set. */
  static final int MOST = 10_000_000;

  private final Section in;

  LimitsReader(Section in) {
    this.in = in;
  }

  LimitsConfig read() {
    LimitsConfig usual = LimitsConfig.DEFAULT;
    return new LimitsConfig(
        limit(in.key("per_minute").or("RATELIMIT_PER_MINUTE")).orElse(usual.perMinute()),
        limit(in.key("per_hour").or("RATELIMIT_PER_HOUR")).orElse(usual.perHour()),
        limit(in.key("per_day").or("RATELIMIT_PER_DAY")).orElse(usual.perDay()),
        in.key("shadow").flag().orElse(usual.shadow()),
        usual.sets(),
        redis(in.section("redis")));
  }

  private static RedisConfig redis(Section in) {
    RedisConfig usual = RedisConfig.NONE;
    return new RedisConfig(
        url(in.key("url").or("REDIS_URL")).orElse(null),
        in.key("deadline").duration(Duration.ofMillis(5)).orElse(usual.deadline()),
        in.key("gateways").integer(1, 10_000).orElse(usual.gateways()),
        in.key("when_away").choice(WhenAway.class).orElse(usual.whenAway()));
  }

  private static Optional<Secret> url(Setting written) {
    Optional<String> url = written.text();
    boolean known =
        url.filter(text -> text.startsWith("redis://") || text.startsWith("rediss://")).isPresent();
    if (url.isPresent() && !known) {
      written.refuse("must begin with redis:// or rediss://");
    }
    return url.filter(text -> known).map(Secret::new);
  }

  private static Optional<Integer> limit(Setting written) {
    return written.integer(1, MOST);
  }
}
