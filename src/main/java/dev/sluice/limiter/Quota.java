package dev.sluice.limiter;

import dev.sluice.chat.Limit;
import java.util.List;

/** Several limits that hold at once. */
final class Quota {

  /** Up to this limit every request is remembered; above, only how many there were. */
  static final int EXACT = 1_000;

  private final List<Limit> limits;
  private final int[] requests;
  private final long[] windows;

  /**
   * @throws IllegalArgumentException if there is no limit
   */
  Quota(List<Limit> limits) {
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("A quota needs a limit");
    }
    this.limits = List.copyOf(limits);
    this.requests = limits.stream().mapToInt(Limit::requests).toArray();
    this.windows = limits.stream().mapToLong(limit -> limit.window().toMillis()).toArray();
  }

  /** What one of {@code gateways} may admit on its own: its part of each limit, rounded up. */
  Quota share(int gateways) {
    return new Quota(
        limits.stream()
            .map(
                limit ->
                    new Limit(
                        limit.name(), (limit.requests() + gateways - 1) / gateways, limit.window()))
            .toList());
  }

  int size() {
    return limits.size();
  }

  Limit limit(int index) {
    return limits.get(index);
  }

  int requests(int index) {
    return requests[index];
  }

  /** The length of a window in milliseconds. */
  long window(int index) {
    return windows[index];
  }

  int mostRequests() {
    int most = 0;
    for (int n : requests) {
      most = Math.max(most, n);
    }
    return most;
  }

  /** The length of the longest window in milliseconds. */
  long longestWindow() {
    long longest = 0;
    for (long window : windows) {
      longest = Math.max(longest, window);
    }
    return longest;
  }

  /** How many milliseconds after a client's last request nothing of it counts any more. */
  long memory() {
    return isExact() ? longestWindow() : 2 * longestWindow();
  }

  boolean isExact() {
    return mostRequests() <= EXACT;
  }
}
