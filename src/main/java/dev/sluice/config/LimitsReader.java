package dev.sluice.config;

import dev.sluice.chat.InternalDeadlines;
import dev.sluice.config.RedisConfig.WhenAway;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code limits}. */
final class LimitsReader {
  private static final Pattern REDIS =
      Pattern.compile(
          "rediss?(\\+cluster)?://([^@/]*@)?[^@/?#]+(/[0-9]*)?"
              + "|rediss?\\+sentinel://([^@/]*@)?[^@/?#]+/[^/?#]+(/[0-9]*)?");

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
        in.key("ca_certificate").file().orElse(null),
        in.key("deadline")
            .duration(Duration.ofMillis(5), InternalDeadlines.LONGEST_REDIS_CALL)
            .orElse(usual.deadline()),
        in.key("gateways").integer(1, 10_000).orElse(usual.gateways()),
        in.key("when_away").choice(WhenAway.class).orElse(usual.whenAway()));
  }

  private static Optional<Secret> url(Setting written) {
    Optional<String> url = written.text();
    boolean known = url.filter(text -> REDIS.matcher(text).matches()).isPresent();
    if (url.isPresent() && !known) {
      written.refuse(
          "must begin with redis:// or rediss://, or with one of them and +sentinel or +cluster"
              + " before the colon; and after that say who is where");
    }
    return url.filter(text -> known).map(Secret::new);
  }
}
