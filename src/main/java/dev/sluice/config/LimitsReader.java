package dev.sluice.config;

import dev.sluice.config.LimitsConfig.Rates;
import dev.sluice.config.RedisConfig.WhenAway;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code limits}. */
final class LimitsReader {
  private static final int MANY = 10_000_000;

  private final Section in;

  LimitsReader(Section in) {
    this.in = in;
  }

  LimitsConfig read() {
    LimitsConfig usual = LimitsConfig.DEFAULT;
    Rates rates =
        new Rates(
            limit(in.key("per_minute").or("RATELIMIT_PER_MINUTE")).orElse(usual.perMinute()),
            limit(in.key("per_hour").or("RATELIMIT_PER_HOUR")).orElse(usual.perHour()),
            limit(in.key("per_day").or("RATELIMIT_PER_DAY")).orElse(usual.perDay()));
    return new LimitsConfig(
        rates.perMinute(),
        rates.perHour(),
        rates.perDay(),
        in.key("shadow").flag().orElse(usual.shadow()),
        sets(in.section("sets"), rates),
        redis(in.section("redis")));
  }

  /** What a set does not say is as it is for everybody. */
  private static Map<String, Rates> sets(Section in, Rates usual) {
    Map<String, Rates> sets = new LinkedHashMap<>();
    for (String name : in.names()) {
      Section set = in.section(name);
      sets.put(
          name,
          new Rates(
              limit(set.key("per_minute")).orElse(usual.perMinute()),
              limit(set.key("per_hour")).orElse(usual.perHour()),
              limit(set.key("per_day")).orElse(usual.perDay())));
    }
    return sets;
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
    return written.integer(1, MANY);
  }
}
