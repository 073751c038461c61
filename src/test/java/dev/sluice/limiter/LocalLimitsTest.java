package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Limit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalLimitsTest {
  private static final Quota QUOTA =
      new Quota(
          List.of(
              new Limit("second", 1, Duration.ofSeconds(1)),
              new Limit("minute", 2, Duration.ofMinutes(1))));

  @Test
  void clientsAreCountedApart() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    limits.add("a", 0);
    assertThat(limits.look("a", QUOTA, 1).admits()).isFalse();
    assertThat(limits.look("b", QUOTA, 1).admits()).isTrue();
  }

  @Test
  void lookingRemembersNobody() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    limits.look("a", QUOTA, 0);
    assertThat(limits.size()).isZero();
  }

  @Test
  void aClientIsForgottenAfterTheLongestWindow() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    limits.add("a", 0);
    limits.add("b", 59_999);
    assertThat(limits.size()).isEqualTo(2);
    limits.add("c", 60_000);
    assertThat(limits.size()).isEqualTo(2);
    assertThat(limits.look("b", QUOTA, 60_000).admits()).isFalse();
  }

  @Test
  void aFloodOfClientsTakesNoMoreThanItsRoomAndTheOldestGoFirst() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    for (int i = 0; i < 1_000; i++) {
      limits.add("client" + i, i / 10);
    }
    assertThat(limits.size()).isEqualTo(10);
    assertThat(limits.look("client990", QUOTA, 100).admits()).isFalse();
    assertThat(limits.look("client989", QUOTA, 100).admits()).isTrue();
  }

  @Test
  void whatIsGivenBackIsThere() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    long stamp = limits.add("a", 0);
    limits.remove("a", stamp);
    assertThat(limits.look("a", QUOTA, 0).admits()).isTrue();
    limits.remove("nobody", stamp);
  }

  @Test
  void aShareIsRoundedUp() {
    assertThat(QUOTA.share(3).requests(1)).isEqualTo(1);
    assertThat(new Quota(List.of(new Limit("day", 500, Duration.ofDays(1)))).share(3).requests(0))
        .isEqualTo(167);
  }
}
