package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Admission;
import dev.sluice.chat.Cost;
import dev.sluice.chat.Denied;
import dev.sluice.chat.Fault;
import dev.sluice.chat.Permit;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.Rates;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import dev.sluice.upstream.FreePort;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds without a Redis, and while there is none. */
class LimiterVerticleTest {
  private static final Duration DEADLINE = Duration.ofMillis(50);

  private final String nowhere = "redis://:hush@127.0.0.1:" + FreePort.find();

  @Test
  void admitsUpToTheLimitAndThenSaysHowLongToWait() throws Exception {
    try (Gate gate =
        new Gate(new LimitsConfig(new Rates(2, 5, 9), false, Map.of(), RedisConfig.NONE))) {
      assertThat(gate.take("a")).isInstanceOf(Permit.class);
      assertThat(gate.take("a").states())
          .extracting(state -> state.limit().name() + " " + state.remaining())
          .containsExactly("minute 0", "hour 3", "day 7");
      assertThat(gate.take("a"))
          .isInstanceOfSatisfying(
              Denied.class,
              denied -> {
                assertThat(denied.by().name()).isEqualTo("minute");
                assertThat(denied.retryAfterMillis()).isBetween(1L, 60_000L);
                assertThat(denied.failure().fault()).isEqualTo(Fault.RATE_LIMITED);
              });
      assertThat(gate.take("b")).isInstanceOf(Permit.class);
      assertThat(gate.health().degraded()).isNull();
    }
  }

  @Test
  void peekingSpendsNothingAndARefundGivesBack() throws Exception {
    try (Gate gate = new Gate(Gate.limits(2, RedisConfig.NONE))) {
      Admission permit = gate.take("a");
      assertThat(gate.peek("a").states().get(0).remaining()).isEqualTo(1);
      gate.refund(((Permit) permit).ticket());
      assertThat(gate.peek("a").states().get(0).remaining()).isEqualTo(2);
      assertThat(gate.peek("a").states().get(0).resetMillis()).isZero();
    }
  }

  @Test
  void aNamedSetHasItsOwnLimitsAndAnUnknownNameTheUsualOnes() throws Exception {
    Map<String, Rates> sets = Map.of("team", new Rates(3, 30, 300));
    try (Gate gate =
        new Gate(new LimitsConfig(new Rates(1, 1, 1), false, sets, RedisConfig.NONE))) {
      assertThat(gate.take("a", "team").states().get(0).remaining()).isEqualTo(2);
      assertThat(gate.take("a", "nobody")).isInstanceOf(Permit.class);
      assertThat(gate.take("a")).isInstanceOf(Denied.class);
      assertThat(gate.take("a", "team")).isInstanceOf(Permit.class);
    }
  }

  @Test
  void aShadowRefusesNobody() throws Exception {
    try (Gate gate =
        new Gate(new LimitsConfig(new Rates(1, 9, 9), true, Map.of(), RedisConfig.NONE))) {
      gate.take("a");
      assertThat(gate.take("a"))
          .isInstanceOfSatisfying(
              Permit.class,
              permit -> {
                assertThat(permit.ticket()).isNull();
                assertThat(permit.states().get(0).remaining()).isZero();
              });
    }
  }

  @Test
  void otherLimitsHoldAtOnceAndForgetNothing() throws Exception {
    try (Gate gate = new Gate(Gate.limits(2, RedisConfig.NONE))) {
      gate.take("a");
      gate.take("a");
      assertThat(gate.take("a")).isInstanceOf(Denied.class);
      gate.change("limits: {per_minute: 3, per_hour: 9, per_day: 9}");
      assertThat(gate.take("a")).isInstanceOf(Permit.class);
      assertThat(gate.take("a")).isInstanceOf(Denied.class);
      gate.change("limits: {per_minute: 1, per_hour: 9, per_day: 9, shadow: true}");
      assertThat(gate.take("a")).isInstanceOf(Permit.class);
    }
  }

  @Test
  void aSecondSettlementDoesNothing() throws Exception {
    LimitsConfig limits =
        new LimitsConfig(new Rates(9, 9, 9, 0, 1_000, 0, 0), false, Map.of(), RedisConfig.NONE);
    try (Gate gate = new Gate(limits)) {
      Permit permit = (Permit) gate.take("a", new Cost(600, 0));
      assertThat(gate.peek("a").states().get(3).remaining()).isEqualTo(400);
      gate.settle(permit.ticket(), new Cost(100, 0));
      gate.settle(permit.ticket(), new Cost(100, 0));
      assertThat(gate.peek("a").states().get(3).remaining()).isEqualTo(900);
    }
  }

  @Test
  void startsWithoutRedisAndCountsUpToItsShare() throws Exception {
    try (Gate gate = new Gate(Gate.limits(5, redis(2, WhenAway.LOCAL)))) {
      for (int i = 0; i < 3; i++) {
        assertThat(gate.take("a")).isInstanceOf(Permit.class);
      }
      assertThat(gate.take("a")).isInstanceOf(Denied.class);
      assertThat(gate.health().ready()).isTrue();
      assertThat(gate.health().degraded()).startsWith("Redis: ");
    }
  }

  @Test
  void opensIfThatIsWanted() throws Exception {
    try (Gate gate = new Gate(Gate.limits(100, redis(100, WhenAway.OPEN)))) {
      gate.take("a");
      assertThat(gate.take("a")).isInstanceOf(Permit.class);
    }
  }

  @Test
  void closesIfThatIsWanted() throws Exception {
    try (Gate gate = new Gate(Gate.limits(5, redis(1, WhenAway.CLOSED)))) {
      assertThatThrownBy(() -> gate.take("a"))
          .isInstanceOfSatisfying(
              GatewayException.class,
              e -> assertThat(e.failure().fault()).isEqualTo(Fault.LIMITER_UNAVAILABLE));
    }
  }

  private RedisConfig redis(int gateways, WhenAway whenAway) {
    return Gate.redis(nowhere, DEADLINE, gateways, whenAway);
  }
}
