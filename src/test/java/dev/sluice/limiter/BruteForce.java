package dev.sluice.limiter;

import java.util.ArrayList;
import java.util.List;

/** The definition of an exact sliding window, without a thought of cost. */
final class BruteForce implements Tally {
  private final List<Long> stamps = new ArrayList<>();

  @Override
  public void look(Quota quota, long now, Verdict verdict) {
    stamps.replaceAll(stamp -> Math.min(stamp, now));
    for (int i = 0; i < quota.size(); i++) {
      int used = used(now, quota.window(i));
      int most = quota.requests(i);
      verdict.remaining()[i] = Math.max(0, most - used);
      verdict.resets()[i] = until(Math.min(used, most) - 1, now, quota.window(i));
      verdict.waits()[i] = used < most ? 0 : verdict.resets()[i];
    }
  }

  private int used(long now, long window) {
    return (int) stamps.stream().filter(stamp -> now - stamp < window).count();
  }

  /** Tries every moment at which something leaves the window. */
  private long until(int count, long now, long window) {
    if (count < 0 || used(now, window) <= count) {
      return 0;
    }
    return stamps.stream()
        .mapToLong(stamp -> stamp + window - now)
        .filter(wait -> wait > 0 && used(now + wait, window) <= count)
        .min()
        .orElseThrow();
  }

  @Override
  public long add(Quota quota, long now) {
    stamps.removeIf(stamp -> now - stamp >= quota.longestWindow());
    stamps.add(now);
    return now;
  }

  @Override
  public void remove(Quota quota, long stamp) {
    stamps.remove((Long) stamp);
  }
}
