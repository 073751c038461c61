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
import net.jqwik.api.ShrinkingMode;

class SlidingLogTest {
  private static final Quota TEN_A_MINUTE =
      new Quota(List.of(new Limit("minute", 10, Duration.ofMinutes(1))));

  @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
  void isWhatBruteForceSays(@ForAll("schedules") Schedule schedule) {
    assertThat(schedule.play(new SlidingLog()))
        .extracting(Schedule.Outcome::text)
        .isEqualTo(schedule.play(new BruteForce()).stream().map(Schedule.Outcome::text).toList());
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedule.any(12, 60, 1);
  }

  @Example
  void whatIsRefusedOnceIsAdmittedExactlyWhenTold() {
    SlidingLog log = new SlidingLog();
    for (int i = 0; i < 10; i++) {
      log.add(TEN_A_MINUTE, 1_000 + i);
    }
    long wait = log.look(TEN_A_MINUTE, 5_000).denied().retryAfterMillis();
    assertThat(wait).isEqualTo(56_000);
    assertThat(log.look(TEN_A_MINUTE, 5_000 + wait - 1).admits()).isFalse();
    assertThat(log.look(TEN_A_MINUTE, 5_000 + wait).admits()).isTrue();
  }

  @Example
  void aClockThatJumpsBackLocksNobodyOutForLongerThanAWindow() {
    SlidingLog log = new SlidingLog();
    for (int i = 0; i < 10; i++) {
      log.add(TEN_A_MINUTE, 7_200_000);
    }
    assertThat(log.look(TEN_A_MINUTE, 3_600_000).denied().retryAfterMillis()).isEqualTo(60_000);
    assertThat(log.look(TEN_A_MINUTE, 3_660_000).admits()).isTrue();
  }

  @Example
  void theLastLimitToGiveWayIsTheOneThatRefuses() {
    Quota quota =
        new Quota(
            List.of(
                new Limit("minute", 1, Duration.ofMinutes(1)),
                new Limit("hour", 2, Duration.ofHours(1))));
    SlidingLog log = new SlidingLog();
    log.add(quota, 0);
    assertThat(log.look(quota, 10).denied().by().name()).isEqualTo("minute");
    log.add(quota, 60_000);
    assertThat(log.look(quota, 60_010).denied().by().name()).isEqualTo("hour");
    assertThat(log.look(quota, 60_010).denied().failure().message())
        .isEqualTo("The limit of 2 requests per hour is reached; try again in 3540 s.");
  }
}
