package dev.sluice.limiter;

import dev.sluice.chat.Cost;
import dev.sluice.chat.Limit;
import dev.sluice.chat.Limit.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many tokens and how much money a client may use up; 0 is no limit. If there is a limit at
 * all, all three are counted, so that another one can be set while the gateway runs.
 */
record Budgets(long tokensPerMinute, long tokensPerDay, long microdollarsPerDay) {
  static final Budgets NONE = new Budgets(0, 0, 0);
  static final int SIZE = 3;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  boolean isNone() {
    return equals(NONE);
  }

  long most(int index) {
    return switch (index) {
      case 0 -> tokensPerMinute;
      case 1 -> tokensPerDay;
      default -> microdollarsPerDay;
    };
  }

  /** The length of a window in milliseconds. */
  static long window(int index) {
    return (index == 0 ? MINUTE : DAY).toMillis();
  }

  static long amount(Cost cost, int index) {
    return index == 2 ? cost.microdollars() : cost.tokens();
  }

  /** What one of {@code gateways} may spend on its own. */
  Budgets share(int gateways) {
    return new Budgets(
        Quota.share(tokensPerMinute, gateways),
        Quota.share(tokensPerDay, gateways),
        Quota.share(microdollarsPerDay, gateways));
  }

  /** The limits that there are. */
  List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    add(limits, "tokens-minute", Unit.TOKENS, tokensPerMinute, MINUTE);
    add(limits, "tokens-day", Unit.TOKENS, tokensPerDay, DAY);
    add(limits, "money-day", Unit.MICRODOLLARS, microdollarsPerDay, DAY);
    return limits;
  }

  private static void add(List<Limit> limits, String name, Unit unit, long most, Duration window) {
    if (most > 0) {
      limits.add(new Limit(name, unit, most, window));
    }
  }
}
