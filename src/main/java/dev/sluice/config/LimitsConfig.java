package dev.sluice.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much one caller may use.
 *
 * @param rates the limits for callers and models that have none of their own
 * @param shadow whether what is over a limit is only logged, and goes on
 * @param sets other limits by name, for callers and models that are given them
 */
public record LimitsConfig(
    Rates rates, boolean shadow, Map<String, Rates> sets, RedisConfig redis) {

  public static final LimitsConfig DEFAULT =
      new LimitsConfig(new Rates(10, 100, 500), false, Map.of(), RedisConfig.NONE);

  private static final String MODEL = "model.";

  public LimitsConfig {
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
  }

  /** The same with the limits of those callers who have a key. */
  public LimitsConfig with(KeysConfig keys) {
    Map<String, Rates> all = new LinkedHashMap<>(sets);
    keys.clients().forEach(key -> all.put(key.limitSet(), key.limits()));
    return new LimitsConfig(rates, shadow, all, redis);
  }

  /** What the set of a model's own limits is called. */
  static String modelSet(String model) {
    return MODEL + model;
  }

  /** The set that a caller without limits of its own is counted by when it asks that model. */
  public @Nullable String setOf(String model) {
    return sets.containsKey(modelSet(model)) ? modelSet(model) : null;
  }
}
