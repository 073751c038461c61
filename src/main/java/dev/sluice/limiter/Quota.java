package dev.sluice.limiter;

import dev.sluice.chat.Limit;
import dev.sluice.chat.Limit.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several limits that hold at once: of requests, of what they cost, and of how many run. */
final class Quota {

  /** Up to this limit every request is remembered; above, only how many there were. */
  static final int EXACT = 1_000;

  /** How long an answer counts as under way if nobody says that it still is. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private final List<Limit> limits;
  private final Budgets budgets;
  private final int streams;
  private final int[] requests;
  private final long[] windows;

  /** Of requests alone. */
  Quota(List<Limit> requests) {
    this(requests, Budgets.NONE, 0);
  }

  /**
   * @param requests how many in which windows
   * @param streams how many answers at a time; 0 for any number
   * @throws IllegalArgumentException if there is no limit of requests
   */
  Quota(List<Limit> requests, Budgets budgets, int streams) {
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("A quota needs a limit");
    }
    this.budgets = budgets;
    this.streams = streams;
    this.requests = requests.stream().mapToInt(limit -> (int) limit.amount()).toArray();
    this.windows = requests.stream().mapToLong(limit -> limit.window().toMillis()).toArray();
    List<Limit> all = new ArrayList<>(requests);
    all.addAll(budgets.limits());
    if (streams > 0) {
      all.add(new Limit("streams", Unit.STREAMS, streams, LEASE));
    }
    this.limits = List.copyOf(all);
  }

  /** What one of {@code gateways} may admit on its own: its part of each limit, rounded up. */
  Quota share(int gateways) {
    return new Quota(
        limits.subList(0, size()).stream()
            .map(
                limit ->
                    new Limit(limit.name(), (int) share(limit.amount(), gateways), limit.window()))
            .toList(),
        budgets.share(gateways),
        (int) share(streams, gateways));
  }

  static long share(long amount, int gateways) {
    return (amount + gateways - 1) / gateways;
  }

  /** All limits: those of requests, of budgets, of streams. */
  List<Limit> limits() {
    return limits;
  }

  Budgets budgets() {
    return budgets;
  }

  int streams() {
    return streams;
  }

  /** Whether a chat has to be remembered while it lasts. */
  boolean tracks() {
    return streams > 0 || !budgets.isNone();
  }

  /** How many windows of requests there are. */
  int size() {
    return requests.length;
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

  /** The length of the longest window of requests in milliseconds. */
  long longestWindow() {
    long longest = 0;
    for (long window : windows) {
      longest = Math.max(longest, window);
    }
    return longest;
  }

  /** How many milliseconds after a client's last request nothing of it counts any more. */
  long memory() {
    long requests = isExact() ? longestWindow() : 2 * longestWindow();
    long spent = budgets.isNone() ? 0 : 2 * Budgets.window(Budgets.SIZE - 1);
    return Math.max(Math.max(requests, spent), streams > 0 ? LEASE.toMillis() : 0);
  }

  boolean isExact() {
    return mostRequests() <= EXACT;
  }
}
