package dev.sluice.limiter;

import java.util.Arrays;

/**
 * The exact tally: the time of every request that may still count, oldest first, eight bytes each.
 * In no stretch of a window's length, wherever it begins, are there more requests than its limit.
 *
 * <p>Whenever one is added, those that no window reaches any more are forgotten, and so are those
 * beyond the largest limit: what is admitted displaces only what is outside of every window.
 *
 * <p>If the clock jumps back, times that lie ahead are set to the present, so that nobody waits for
 * longer than a window.
 */
final class SlidingLog implements Tally {
  private static final int FIRST_SIZE = 4;

  private long[] stamps = new long[FIRST_SIZE];
  private int size;

  @Override
  public void look(Quota quota, long now, Verdict verdict) {
    clamp(now);
    for (int i = 0; i < quota.size(); i++) {
      long window = quota.window(i);
      int first = firstAfter(now - window);
      int used = size - first;
      int next = Math.max(first, size - quota.requests(i));
      verdict.remaining()[i] = Math.max(0, quota.requests(i) - used);
      verdict.resets()[i] = used == 0 ? 0 : stamps[next] + window - now;
      verdict.waits()[i] = used < quota.requests(i) ? 0 : verdict.resets()[i];
    }
  }

  @Override
  public long add(Quota quota, long now) {
    long stamp = size == 0 ? now : Math.max(now, stamps[size - 1]);
    forget(Math.max(firstAfter(stamp - quota.longestWindow()), size + 1 - quota.mostRequests()));
    if (size == stamps.length) {
      stamps = Arrays.copyOf(stamps, Math.min(2 * size, Math.max(size + 1, quota.mostRequests())));
    }
    stamps[size++] = stamp;
    return stamp;
  }

  @Override
  public void remove(Quota quota, long stamp) {
    int index = Arrays.binarySearch(stamps, 0, size, stamp);
    if (index >= 0) {
      System.arraycopy(stamps, index + 1, stamps, index, size - index - 1);
      size--;
    }
  }

  private void clamp(long now) {
    for (int i = size - 1; i >= 0 && stamps[i] > now; i--) {
      stamps[i] = now;
    }
  }

  private void forget(int oldest) {
    if (oldest > 0) {
      System.arraycopy(stamps, oldest, stamps, 0, size - oldest);
      size -= oldest;
    }
  }

  /** The index of the oldest request after {@code time}. */
  private int firstAfter(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stamps[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
