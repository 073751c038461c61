package dev.sluice.limiter;

import dev.sluice.chat.Limit;
import dev.sluice.config.Rates;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quota, and where its clients are counted.
 *
 * @param share what this gateway may admit while Redis is away
 * @param local what this process admitted itself, wherever it was counted
 * @param shared what all gateways admitted; null without a Redis
 */
record LimitSet(Quota quota, Quota share, LocalLimits local, @Nullable RedisLimits shared) {

  /** The most clients that a process remembers at a time. */
  private static final int CLIENTS = 100_000;

  /**
   * @param before the set of that name until now, whose clients keep what was counted; or null
   */
  static LimitSet of(
      String name, Rates rates, int gateways, @Nullable RedisLink link, @Nullable LimitSet before) {
    Quota quota = quota(rates);
    LocalLimits local = before == null ? new LocalLimits(quota, CLIENTS) : before.local();
    local.change(quota);
    return new LimitSet(
        quota,
        link == null ? quota : quota.share(gateways),
        local,
        link == null ? null : new RedisLimits(link, quota, name));
  }

  private static Quota quota(Rates rates) {
    return new Quota(
        List.of(
            new Limit("minute", rates.perMinute(), Duration.ofMinutes(1)),
            new Limit("hour", rates.perHour(), Duration.ofHours(1)),
            new Limit("day", rates.perDay(), Duration.ofDays(1))),
        new Budgets(rates.tokensPerMinute(), rates.tokensPerDay(), rates.microdollarsPerDay()),
        rates.streams());
  }
}
