package dev.sluice.config;

import dev.sluice.config.RedisConfig.WhenAway;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code limits}. */
final class LimitsReader {
  private final Section in;

  LimitsReader(Section in) {
    this.in = in;
  }

  LimitsConfig read() {
    LimitsConfig usual = LimitsConfig.DEFAULT;
    Rates rates =
        RatesReader.read(
            in,
            usual.rates(),
            in.key("per_minute").or("RATELIMIT_PER_MINUTE"),
            in.key("per_hour").or("RATELIMIT_PER_HOUR"),
            in.key("per_day").or("RATELIMIT_PER_DAY"));
    return new LimitsConfig(
        rates,
        in.key("shadow").flag().orElse(usual.shadow()),
        models(in.section("models"), rates),
        redis(in.section("redis")));
  }

  private static Map<String, Rates> models(Section in, Rates usual) {
    Map<String, Rates> sets = new LinkedHashMap<>();
    for (String model : in.names()) {
      sets.put(LimitsConfig.modelSet(model), RatesReader.read(in.section(model), usual));
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
}
