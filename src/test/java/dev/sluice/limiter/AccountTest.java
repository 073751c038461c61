package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Cost;
import dev.sluice.chat.Limit;
import dev.sluice.chat.Limit.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class AccountTest {
  private static final long LEASE = Quota.LEASE.toMillis();
  private static final Limit MANY = new Limit("minute", 1_000, Duration.ofMinutes(1));
  private static final Quota TWO_STREAMS = new Quota(List.of(MANY), Budgets.NONE, 2);
  private static final Quota THOUSAND_TOKENS =
      new Quota(List.of(MANY), new Budgets(1_000, 0, 0), 0);

  @Provide
  Arbitrary<Visits> visits() {
    return Visits.any(false);
  }

  /** Requests and streams are exact: nobody is let in too early, and nobody kept out too long. */
  @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
  void requestsAndStreamsAreWhatBruteForceSays(@ForAll("visits") Visits visits) {
    Quota quota = visits.quota();
    BruteForce requests = new BruteForce();
    Map<String, Long> until = new HashMap<>();
    for (Visits.Outcome outcome : visits.play()) {
      long now = outcome.now();
      until.values().removeIf(end -> end <= now);
      until.replaceAll((id, end) -> Math.min(end, now + LEASE));
      boolean known = outcome.chat() != null;
      new BruteForceView(requests, quota, now).verdict();
      switch (outcome.kind()) {
        case TAKE -> {
          if (known) {
            assertThat(new BruteForceView(requests, quota, now).admits()).isTrue();
            requests.add(quota, now);
            until.put(outcome.chat().id(), now + LEASE);
          }
        }
        case REFUND -> {
          if (known) {
            requests.remove(quota, outcome.chat().stamp());
            until.remove(outcome.chat().id());
          }
        }
        case SETTLE -> {
          if (known) {
            until.remove(outcome.chat().id());
          }
        }
        case RENEW -> {
          if (known) {
            until.put(outcome.chat().id(), now + LEASE);
          }
        }
        case PEEK -> {}
      }
      Verdict expected = new BruteForceView(requests, quota, now).verdict();
      for (int i = 0; i < quota.size(); i++) {
        assertThat(outcome.verdict().remaining()[i]).isEqualTo(expected.remaining()[i]);
        assertThat(outcome.verdict().waits()[i]).isEqualTo(expected.waits()[i]);
        assertThat(outcome.verdict().resets()[i]).isEqualTo(expected.resets()[i]);
      }
      if (quota.streams() > 0) {
        int last = outcome.verdict().remaining().length - 1;
        assertThat(outcome.verdict().remaining()[last])
            .isEqualTo(Math.max(0, quota.streams() - until.size()));
      }
    }
  }

  /** A quota's requests by brute force. */
  private record BruteForceView(BruteForce requests, Quota quota, long now) {
    Verdict verdict() {
      Verdict verdict = Verdict.blank(quota);
      requests.look(quota, now, verdict);
      return verdict;
    }

    boolean admits() {
      for (int i = 0; i < quota.size(); i++) {
        if (verdict().waits()[i] > 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** As if the truth had been known from the beginning. */
  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void whatIsSettledCountsAsItsTruthAlone(@ForAll("visits") Visits visits) {
    Quota quota = new Quota(List.of(MANY), new Budgets(1_000_000, 1_000_000, 1_000_000), 0);
    Account guessed = new Account(quota);
    Account known = new Account(quota);
    long now = 1_800_000_000_000L;
    List<String> ids = new ArrayList<>();
    List<Visits.Visit> truths = new ArrayList<>();
    for (Visits.Visit visit : visits.visits().subList(0, Math.min(8, visits.visits().size()))) {
      now += Math.floorMod(visit.pass(), 3_000L);
      String id = "chat" + ids.size();
      ids.add(id);
      truths.add(visit);
      guessed.begin(quota, id, new Cost(50, 70), now);
      known.begin(quota, id, visit.cost(), now);
    }
    for (int i = 0; i < ids.size(); i++) {
      guessed.settle(quota, ids.get(i), truths.get(i).cost(), now);
      guessed.settle(quota, ids.get(i), new Cost(9_999, 9_999), now);
    }
    assertThat(guessed.look(quota, Cost.NONE, now).remaining())
        .isEqualTo(known.look(quota, Cost.NONE, now).remaining());
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void theWaitForTokensIsExact(@ForAll("visits") Visits visits) {
    Account account = new Account(THOUSAND_TOKENS);
    long now = 1_800_000_000_000L;
    int id = 0;
    for (Visits.Visit visit : visits.visits()) {
      now += Math.abs(visit.pass()) % 20_000;
      account.begin(THOUSAND_TOKENS, "chat" + id++, visit.cost(), now);
    }
    Cost wanted = new Cost(300, 0);
    long wait = account.look(THOUSAND_TOKENS, wanted, now).waits()[1];
    if (wait > 0) {
      assertThat(account.look(THOUSAND_TOKENS, wanted, now + wait - 1).waits()[1]).isPositive();
      assertThat(account.look(THOUSAND_TOKENS, wanted, now + wait).waits()[1]).isZero();
    }
  }

  @Example
  void aThirdAnswerAtATimeIsRefusedUntilOneOfTheTwoHasEnded() {
    Account account = new Account(TWO_STREAMS);
    account.begin(TWO_STREAMS, "a", Cost.NONE, 0);
    account.begin(TWO_STREAMS, "b", Cost.NONE, 1);
    Verdict verdict = account.look(TWO_STREAMS, Cost.NONE, 2);
    assertThat(verdict.admits()).isFalse();
    assertThat(verdict.denied().by().unit()).isEqualTo(Unit.STREAMS);
    assertThat(verdict.denied().retryAfterSeconds()).isNull();
    account.settle(TWO_STREAMS, "a", Cost.NONE, 3);
    assertThat(account.look(TWO_STREAMS, Cost.NONE, 3).admits()).isTrue();
  }

  @Example
  void anAnswerOfWhichNothingIsHeardFreesItsPlaceAndARenewedOneDoesNot() {
    Account account = new Account(TWO_STREAMS);
    account.begin(TWO_STREAMS, "dead", Cost.NONE, 0);
    account.begin(TWO_STREAMS, "alive", Cost.NONE, 0);
    account.renew("alive", Cost.NONE, 0, LEASE - 1);
    assertThat(account.look(TWO_STREAMS, Cost.NONE, LEASE - 1).admits()).isFalse();
    assertThat(account.look(TWO_STREAMS, Cost.NONE, LEASE).remaining()[1]).isEqualTo(1);
  }

  @Example
  void whoAsksForMoreThanTheWholeBudgetMayAskWhileNothingIsSpent() {
    Account account = new Account(THOUSAND_TOKENS);
    Cost huge = new Cost(50_000, 0);
    assertThat(account.look(THOUSAND_TOKENS, huge, 0).admits()).isTrue();
    account.begin(THOUSAND_TOKENS, "a", huge, 0);
    assertThat(account.look(THOUSAND_TOKENS, new Cost(1, 0), 0).denied().failure().message())
        .startsWith("The limit of 1000 tokens per minute is reached; try again in ");
    account.settle(THOUSAND_TOKENS, "a", new Cost(400, 0), 0);
    assertThat(account.look(THOUSAND_TOKENS, new Cost(600, 0), 0).admits()).isTrue();
    assertThat(account.look(THOUSAND_TOKENS, new Cost(601, 0), 0).admits()).isFalse();
  }

  @Example
  void aRefundGivesBackTheRequestAndWhatWasHeld() {
    Account account = new Account(THOUSAND_TOKENS);
    long stamp = account.begin(THOUSAND_TOKENS, "a", new Cost(900, 0), 0);
    account.refund(THOUSAND_TOKENS, "a", stamp, 1);
    assertThat(account.look(THOUSAND_TOKENS, Cost.NONE, 1).remaining())
        .containsExactly(1_000L, 1_000L);
  }
}
