package dev.sluice.limiter;

import dev.sluice.chat.Cost;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one client has used: its requests, and under a quota that {@linkplain Quota#tracks tracks},
 * what they cost and which are under way. Times are milliseconds of one clock, which may jump.
 *
 * <p>A chat that is under way holds what it is likely to cost. When it is settled, the difference
 * to the truth is made good in the window in which it was held. One of which nothing is heard for
 * {@link Quota#LEASE} frees its place, and what it held stays spent.
 */
final class Account {
  private static final long LEASE = Quota.LEASE.toMillis();

  private final Tally requests;
  private Slots @Nullable [] spent;
  private @Nullable Map<String, Open> open;

  /** A chat under way. */
  private record Open(long until, long stamp, Cost held) {}

  Account(Quota quota) {
    requests = quota.isExact() ? new SlidingLog() : new SlidingCounter(quota.size());
  }

  /** Whether it counts requests in the way that the quota wants. */
  boolean fits(Quota quota) {
    return requests instanceof SlidingLog == quota.isExact();
  }

  /** How the client stands, and whether there is room for another chat of that cost. */
  Verdict look(Quota quota, Cost wanted, long now) {
    Verdict verdict = Verdict.blank(quota);
    requests.look(quota, now, verdict);
    int index = quota.size();
    for (int i = 0; i < Budgets.SIZE; i++) {
      long most = quota.budgets().most(i);
      if (most > 0) {
        long amount = Math.max(1, Budgets.amount(wanted, i));
        verdict.setWindow(index++, spent()[i], now, Budgets.window(i), most, amount);
      }
    }
    expire(now);
    if (quota.streams() > 0) {
      int running = open == null ? 0 : open.size();
      verdict.remaining()[index] = Math.max(0, quota.streams() - running);
      verdict.waits()[index] = running < quota.streams() ? 0 : 1;
    }
    return verdict;
  }

  /**
   * Begins a chat, whatever the quota says.
   *
   * @return the time it is remembered by
   */
  long begin(Quota quota, String id, Cost estimate, long now) {
    long stamp = requests.add(quota, now);
    if (quota.tracks()) {
      hold(quota, estimate, now);
      open().put(id, new Open(now + LEASE, now, estimate));
    }
    return stamp;
  }

  /** Gives back a request that reached no model, and all that was held for it. */
  void refund(Quota quota, String id, long stamp, long now) {
    requests.remove(quota, stamp);
    settle(quota, id, Cost.NONE, now);
  }

  /** Ends a chat, which has cost that much. Does nothing if it is not under way. */
  void settle(Quota quota, String id, Cost cost, long now) {
    expire(now);
    Open ended = open == null ? null : open.remove(id);
    if (ended != null) {
      correct(quota, cost, ended);
    }
  }

  /** The chat still runs. Whoever was given up is taken back. */
  void renew(String id, Cost held, long stamp, long now) {
    expire(now);
    Open known = open().get(id);
    open()
        .put(
            id,
            known == null
                ? new Open(now + LEASE, stamp, held)
                : new Open(now + LEASE, known.stamp(), known.held()));
  }

  private void hold(Quota quota, Cost estimate, long now) {
    for (int i = 0; i < Budgets.SIZE && !quota.budgets().isNone(); i++) {
      spent()[i].add(Budgets.amount(estimate, i), now, Budgets.window(i));
    }
  }

  private void correct(Quota quota, Cost cost, Open chat) {
    for (int i = 0; i < Budgets.SIZE && !quota.budgets().isNone(); i++) {
      long difference = Budgets.amount(cost, i) - Budgets.amount(chat.held(), i);
      spent()[i].correct(difference, chat.stamp(), Budgets.window(i));
    }
  }

  private void expire(long now) {
    if (open != null) {
      open.values().removeIf(chat -> chat.until() <= now);
      open.replaceAll(
          (id, chat) ->
              chat.until() <= now + LEASE
                  ? chat
                  : new Open(now + LEASE, chat.stamp(), chat.held()));
    }
  }

  private Map<String, Open> open() {
    if (open == null) {
      open = new LinkedHashMap<>();
    }
    return open;
  }

  private Slots[] spent() {
    if (spent == null) {
      spent = new Slots[] {new Slots(), new Slots(), new Slots()};
    }
    return spent;
  }
}
