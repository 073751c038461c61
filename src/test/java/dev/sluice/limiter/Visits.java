package dev.sluice.limiter;

import dev.sluice.chat.Cost;
import dev.sluice.chat.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What happens to the account of one client, under a quota with budgets and a number of streams.
 */
record Visits(Quota quota, List<Visit> visits) {
  private static final long BEGIN = 1_800_000_000_000L;

  /**
   * One visit.
   *
   * @param pass the milliseconds that pass before it; negative if the clock jumps back
   * @param choice which of the chats so far is meant, counted round
   */
  record Visit(Kind kind, long pass, int choice, Cost cost) {}

  enum Kind {
    TAKE,
    PEEK,
    REFUND,
    SETTLE,
    RENEW
  }

  /** A chat that was admitted. */
  record Chat(String id, long stamp, long begun, Cost held) {}

  /**
   * What one visit led to.
   *
   * @param chat the chat that was meant, or that began; null if there is none
   */
  record Outcome(Kind kind, long now, Chat chat, Cost cost, boolean admitted, Verdict verdict) {
    String text() {
      return kind
          + " at "
          + now
          + " "
          + chat
          + (kind == Kind.TAKE ? " admitted=" + admitted : "")
          + " remaining="
          + Arrays.toString(verdict.remaining())
          + " resets="
          + Arrays.toString(verdict.resets())
          + " waits="
          + Arrays.toString(verdict.waits());
    }
  }

  /** Plays them on a new account. */
  List<Outcome> play() {
    Account account = new Account(quota);
    List<Outcome> outcomes = new ArrayList<>();
    List<Chat> chats = new ArrayList<>();
    long now = BEGIN;
    for (Visit visit : visits) {
      now += visit.pass();
      outcomes.add(play(account, visit, now, chats));
    }
    return outcomes;
  }

  private Outcome play(Account account, Visit visit, long now, List<Chat> chats) {
    Kind kind = visit.kind();
    Cost cost = visit.cost();
    Verdict verdict = account.look(quota, kind == Kind.TAKE ? cost : Cost.NONE, now);
    if (kind == Kind.TAKE) {
      if (!verdict.admits()) {
        return new Outcome(kind, now, null, cost, false, verdict);
      }
      String id = ("chat" + chats.size() + "................").substring(0, 16);
      Chat chat = new Chat(id, account.begin(quota, id, cost, now), now, cost);
      chats.add(chat);
      return new Outcome(kind, now, chat, cost, true, account.look(quota, cost, now));
    }
    Chat chat = chats.isEmpty() ? null : chats.get(visit.choice() % chats.size());
    if (chat != null && kind == Kind.REFUND) {
      account.refund(quota, chat.id(), chat.stamp(), now);
    } else if (chat != null && kind == Kind.SETTLE) {
      account.settle(quota, chat.id(), cost, now);
    } else if (chat != null && kind == Kind.RENEW) {
      account.renew(chat.id(), chat.held(), chat.begun(), now);
    }
    return new Outcome(kind, now, chat, cost, false, account.look(quota, Cost.NONE, now));
  }

  /**
   * @param large whether there is a limit that makes the requests be counted by estimate
   */
  static Arbitrary<Visits> any(boolean large) {
    Arbitrary<Limit> limit =
        Combinators.combine(
                Arbitraries.integers().between(1, 12), Arbitraries.integers().between(1, 40))
            .as((requests, minutes) -> new Limit("any", requests, Duration.ofMinutes(minutes)));
    Arbitrary<Long> most =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(0L)), Tuple.of(1, Arbitraries.longs().between(1, 400)));
    Arbitrary<Budgets> budgets =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(Budgets.NONE)),
            Tuple.of(3, Combinators.combine(most, most, most).as(Budgets::new)));
    Arbitrary<Quota> quota =
        Combinators.combine(
                limit.list().ofMinSize(1).ofMaxSize(3),
                budgets,
                Arbitraries.integers().between(0, 4))
            .as((limits, spend, streams) -> quota(limits, large, spend, streams));
    Arbitrary<Long> pass =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.longs().between(0, 12_000)),
            Tuple.of(4, Arbitraries.longs().between(20_000, 4_000_000)),
            Tuple.of(1, Arbitraries.longs().between(-4_000_000, -1)));
    Arbitrary<Kind> kind =
        Arbitraries.of(
            Kind.TAKE, Kind.TAKE, Kind.TAKE, Kind.SETTLE, Kind.REFUND, Kind.RENEW, Kind.PEEK);
    Arbitrary<Cost> cost =
        Combinators.combine(
                Arbitraries.longs().between(0, 120), Arbitraries.longs().between(0, 120))
            .as(Cost::new);
    Arbitrary<Visit> visit =
        Combinators.combine(kind, pass, Arbitraries.integers().between(0, 999), cost)
            .as(Visit::new);
    return Combinators.combine(quota, visit.list().ofMinSize(1).ofMaxSize(50)).as(Visits::new);
  }

  private static Quota quota(List<Limit> limits, boolean large, Budgets budgets, int streams) {
    List<Limit> all = new ArrayList<>(limits);
    if (large) {
      all.add(new Limit("large", 1_001, Duration.ofHours(1)));
    }
    return new Quota(all, budgets, streams);
  }
}
