package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Cost;
import dev.sluice.chat.Denied;
import dev.sluice.chat.Permit;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.Rates;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several gateways, each with its own bus, and one real Redis. */
@Timeout(120)
class SharedLimitsTest {
  private static final int GATES = 4;
  private static final int LIMIT = 10;

  @Test
  void aRefundReachesTheOtherGateways() throws Exception {
    try (RedisServer server = RedisServer.start();
        Gate one = gate(server);
        Gate two = gate(server)) {
      one.awaitRedis();
      two.awaitRedis();
      Permit permit = (Permit) one.take("a");
      assertThat(two.peek("a").states().get(0).remaining()).isEqualTo(LIMIT - 1);
      one.refund(permit.ticket());
      one.peek("a");
      assertThat(two.peek("a").states().get(0).remaining()).isEqualTo(LIMIT);
    }
  }

  @Test
  void aBudgetAndTheStreamsAreOneForAllGatewaysAndSettledOnce() throws Exception {
    Rates rates = new Rates(500, 500, 500, 2, 0, 10_000, 0);
    try (RedisServer server = RedisServer.start()) {
      LimitsConfig limits =
          new LimitsConfig(
              rates,
              false,
              Map.of(),
              Gate.redis(server.url(), Duration.ofSeconds(10), GATES, WhenAway.LOCAL));
      try (Gate one = new Gate(limits);
          Gate two = new Gate(limits)) {
        one.awaitRedis();
        two.awaitRedis();
        Permit first = (Permit) one.take("a", new Cost(4_000, 0));
        assertThat(two.take("a", new Cost(4_000, 0))).isInstanceOf(Permit.class);
        assertThat(one.take("a", new Cost(1, 0))).isInstanceOf(Denied.class);
        one.settle(first.ticket(), new Cost(1_000, 0));
        one.settle(first.ticket(), new Cost(1_000, 0));
        one.peek("a");
        assertThat(two.peek("a").states())
            .extracting(state -> state.limit().name() + " " + state.remaining())
            .containsExactly("minute 498", "hour 498", "day 498", "tokens-day 5000", "streams 1");
      }
    }
  }

  private static Gate gate(RedisServer server) throws Exception {
    RedisConfig redis = Gate.redis(server.url(), Duration.ofSeconds(10), GATES, WhenAway.LOCAL);
    return new Gate(Gate.limits(LIMIT, redis));
  }
}
