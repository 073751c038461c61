package dev.sluice.limiter;

import dev.sluice.chat.Denied;
import dev.sluice.chat.LimitState;
import java.util.ArrayList;
import java.util.List;

/**
 * How a client stands with a quota at one moment.
 *
 * @param remaining for each limit, the requests that are left
 * @param resets for each limit, the milliseconds until there is one more
 * @param waits for each limit, the milliseconds until it admits one; 0 for those that do now
 */
record Verdict(Quota quota, int[] remaining, long[] resets, long[] waits) {

  static Verdict blank(Quota quota) {
    int size = quota.size();
    return new Verdict(quota, new int[size], new long[size], new long[size]);
  }

  boolean admits() {
    return waits[slowest()] == 0;
  }

  /** Only if it does not {@linkplain #admits admit}. */
  Denied denied() {
    int slowest = slowest();
    return new Denied(quota.limit(slowest), waits[slowest], states());
  }

  List<LimitState> states() {
    List<LimitState> states = new ArrayList<>(remaining.length);
    for (int i = 0; i < remaining.length; i++) {
      states.add(new LimitState(quota.limit(i), remaining[i], resets[i]));
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
