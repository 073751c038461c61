package dev.sluice.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many chats one caller may start in any minute, hour and day.
 *
 * @param shadow whether what is over a limit is only logged, and goes on
 * @param sets other limits by name, for callers that are given them
 */
public record LimitsConfig(
    int perMinute,
    int perHour,
    int perDay,
    boolean shadow,
    Map<String, Rates> sets,
    RedisConfig redis) {

  public static final LimitsConfig DEFAULT =
      new LimitsConfig(10, 100, 500, false, Map.of(), RedisConfig.NONE);

  /** The limits of one set. */
  public record Rates(int perMinute, int perHour, int perDay) {}

  public LimitsConfig {
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
  }

  /** The same with the limits of those callers who have a key. */
  public LimitsConfig with(KeysConfig keys) {
    Map<String, Rates> all = new LinkedHashMap<>(sets);
    keys.clients().forEach(key -> all.put(key.limitSet(), key.limits()));
    return new LimitsConfig(perMinute, perHour, perDay, shadow, all, redis);
  }

  /** The limits for callers who are in no set. */
  public Rates rates() {
    return new Rates(perMinute, perHour, perDay);
  }
}
