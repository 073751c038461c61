package dev.sluice.limiter;

import dev.sluice.chat.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What happens to one client, under a quota. */
record Schedule(Quota quota, List<Step> steps) {
  private static final long BEGIN = 1_800_000_000_000L;

  /**
   * One step.
   *
   * @param pass the milliseconds that pass before it; negative if the clock jumps back
   * @param choice which of the permits so far is refunded, counted round
   */
  record Step(Kind kind, int pass, int choice) {}

  enum Kind {
    TAKE,
    PEEK,
    REFUND
  }

  /**
   * What one step led to.
   *
   * @param stamp the ticket that a take got or that a refund gave back; -1 if there is none
   */
  record Outcome(Kind kind, long now, long stamp, Verdict verdict) {
    String text() {
      Verdict v = verdict;
      return kind
          + " stamp="
          + stamp
          + " remaining="
          + Arrays.toString(v.remaining())
          + " resets="
          + Arrays.toString(v.resets())
          + " waits="
          + Arrays.toString(v.waits());
    }
  }

  /** Plays this schedule on a new tally. */
  List<Outcome> play(Tally tally) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Long> tickets = new ArrayList<>();
    long now = BEGIN;
    for (Step step : steps) {
      now += step.pass();
      outcomes.add(play(tally, step, now, tickets));
    }
    return outcomes;
  }

  private Outcome play(Tally tally, Step step, long now, List<Long> tickets) {
    Verdict verdict = tally.look(quota, now);
    long stamp = -1;
    if (step.kind() == Kind.TAKE && verdict.admits()) {
      stamp = tally.add(quota, now);
      tickets.add(stamp);
      verdict = tally.look(quota, now);
    } else if (step.kind() == Kind.REFUND && !tickets.isEmpty()) {
      stamp = tickets.remove(step.choice() % tickets.size());
      tally.remove(quota, stamp);
      verdict = tally.look(quota, now);
    }
    return new Outcome(step.kind(), now, stamp, verdict);
  }

  /**
   * @param unit the milliseconds that all times are a multiple of
   */
  static Arbitrary<Schedule> any(int mostRequests, int mostSteps, int unit) {
    Arbitrary<Limit> limit =
        Combinators.combine(
                Arbitraries.integers().between(1, mostRequests),
                Arbitraries.integers().between(1, 40))
            .as(
                (requests, window) ->
                    new Limit("any", requests, Duration.ofMillis((long) window * unit)));
    Arbitrary<Integer> pass =
        Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.integers().between(0, 5)),
                Tuple.of(2, Arbitraries.integers().between(6, 60)),
                Tuple.of(1, Arbitraries.integers().between(-60, -1)))
            .map(n -> n * unit);
    Arbitrary<Kind> kind =
        Arbitraries.of(Kind.TAKE, Kind.TAKE, Kind.TAKE, Kind.TAKE, Kind.REFUND, Kind.PEEK);
    Arbitrary<Step> step =
        Combinators.combine(kind, pass, Arbitraries.integers().between(0, 999)).as(Step::new);
    return Combinators.combine(
            limit.list().ofMinSize(1).ofMaxSize(3), step.list().ofMinSize(1).ofMaxSize(mostSteps))
        .as((limits, steps) -> new Schedule(new Quota(limits), steps));
  }
}
