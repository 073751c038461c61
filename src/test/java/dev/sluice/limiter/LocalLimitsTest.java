package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Cost;
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
    limits.begin("a", "id", Cost.NONE, 0);
    assertThat(limits.look("a", QUOTA, Cost.NONE, 1).admits()).isFalse();
    assertThat(limits.look("b", QUOTA, Cost.NONE, 1).admits()).isTrue();
  }

  @Test
  void lookingRemembersNobody() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    limits.look("a", QUOTA, Cost.NONE, 0);
    assertThat(limits.size()).isZero();
  }

  @Test
  void aClientIsForgottenAfterTheLongestWindow() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    limits.begin("a", "id", Cost.NONE, 0);
    limits.begin("b", "id", Cost.NONE, 59_999);
    assertThat(limits.size()).isEqualTo(2);
    limits.begin("c", "id", Cost.NONE, 60_000);
    assertThat(limits.size()).isEqualTo(2);
    assertThat(limits.look("b", QUOTA, Cost.NONE, 60_000).admits()).isFalse();
  }

  @Test
  void aFloodOfClientsTakesNoMoreThanItsRoomAndTheOldestGoFirst() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    for (int i = 0; i < 1_000; i++) {
      limits.begin("client" + i, "id", Cost.NONE, i / 10);
    }
    assertThat(limits.size()).isEqualTo(10);
    assertThat(limits.look("client990", QUOTA, Cost.NONE, 100).admits()).isFalse();
    assertThat(limits.look("client989", QUOTA, Cost.NONE, 100).admits()).isTrue();
  }

  @Test
  void whatIsGivenBackIsThere() {
    LocalLimits limits = new LocalLimits(QUOTA, 10);
    long stamp = limits.begin("a", "id", Cost.NONE, 0);
    limits.refund("a", "id", stamp, 0);
    assertThat(limits.look("a", QUOTA, Cost.NONE, 0).admits()).isTrue();
    limits.refund("nobody", "id", stamp, 0);
  }

  @Test
  void aShareIsRoundedUp() {
    assertThat(QUOTA.share(3).requests(1)).isEqualTo(1);
    assertThat(new Quota(List.of(new Limit("day", 500, Duration.ofDays(1)))).share(3).requests(0))
        .isEqualTo(167);
  }
}
