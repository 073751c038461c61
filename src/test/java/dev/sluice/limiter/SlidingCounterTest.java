package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Limit;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SlidingCounterTest {

  /** As nobody else comes, what was told is exactly true: not a millisecond less is enough. */
  @Property(tries = 2_000)
  void waitsAreExact(@ForAll("schedules") Schedule schedule) {
    SlidingCounter counter = new SlidingCounter(schedule.quota().size());
    List<Schedule.Outcome> outcomes = schedule.play(counter);
    long now = outcomes.get(outcomes.size() - 1).now();
    Verdict verdict = counter.look(schedule.quota(), now);
    if (!verdict.admits()) {
      long wait = verdict.denied().retryAfterMillis();
      assertThat(counter.look(schedule.quota(), now + wait - 1).admits()).isFalse();
      assertThat(counter.look(schedule.quota(), now + wait).admits()).isTrue();
    }
  }

  @Property(tries = 2_000)
  void noSlotHoldsMoreThanItsLimit(@ForAll("schedules") Schedule schedule) {
    schedule
        .play(new SlidingCounter(schedule.quota().size()))
        .forEach(
            outcome -> {
              for (int i = 0; i < schedule.quota().size(); i++) {
                assertThat(outcome.verdict().remaining()[i])
                    .isBetween(0L, (long) schedule.quota().requests(i));
                assertThat(outcome.verdict().resets()[i])
                    .isBetween(0L, 2 * schedule.quota().window(i));
              }
            });
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedule.any(12, 60, 1);
  }

  @Example
  void theSlotBeforeFades() {
    Quota quota = new Quota(List.of(new Limit("minute", 2_000, Duration.ofMinutes(1))));
    SlidingCounter counter = new SlidingCounter(1);
    for (int i = 0; i < 2_000; i++) {
      counter.add(quota, 30_000);
    }
    assertThat(counter.look(quota, 60_000).admits()).isFalse();
    assertThat(counter.look(quota, 90_000).remaining()).containsExactly(1_000L);
    assertThat(counter.look(quota, 120_000).remaining()).containsExactly(2_000L);
  }
}
