package dev.sluice.limiter;

import dev.sluice.chat.Denied;
import dev.sluice.chat.Limit;
import dev.sluice.chat.LimitState;
import java.util.ArrayList;
import java.util.List;

/**
 * How a client stands with a quota at one moment.
 *
 * @param remaining for each limit, how much is left
 * @param resets for each limit, the milliseconds until there is more
 * @param waits for each limit, the milliseconds until it admits what is asked for; 0 for those that
 *     do now
 */
record Verdict(List<Limit> limits, long[] remaining, long[] resets, long[] waits) {

  static Verdict blank(Quota quota) {
    int size = quota.limits().size();
    return new Verdict(quota.limits(), new long[size], new long[size], new long[size]);
  }

  /**
   * Sets how it stands with a window in which {@code wanted} more is to be used of {@code most}.
   */
  void setWindow(int index, Slots slots, long now, long window, long most, long wanted) {
    long used = slots.used(now, window);
    long needed = Math.min(wanted, most);
    remaining[index] = Math.max(0, most - used);
    resets[index] = slots.untilAtMost(Math.min(used, most) - 1, now, window);
    waits[index] =
        used + needed <= most ? 0 : Math.max(1, slots.untilAtMost(most - needed, now, window));
  }

  boolean admits() {
    return waits[slowest()] == 0;
  }

  /** Only if it does not {@linkplain #admits admit}. */
  Denied denied() {
    int slowest = slowest();
    return new Denied(limits.get(slowest), waits[slowest], states());
  }

  List<LimitState> states() {
    List<LimitState> states = new ArrayList<>(remaining.length);
    for (int i = 0; i < remaining.length; i++) {
      states.add(new LimitState(limits.get(i), remaining[i], resets[i]));
    }
    return states;
  }

  /** The index of the limit that is the last to give way; the first of several. */
  private int slowest() {
    int slowest = 0;
    for (int i = 1; i < waits.length; i++) {
      if (waits[i] > waits[slowest]) {
        slowest = i;
      }
    }
    return slowest;
  }
}
