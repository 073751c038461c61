package dev.sluice.limiter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Cost;
import dev.sluice.chat.Denied;
import dev.sluice.chat.Permit;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.Rates;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several gateways, each with its own bus, and one real Redis. */
@Timeout(120)
class SharedLimitsTest {
  private static final int GATES = 4;
  private static final int IN_FLIGHT = 64;
  private static final int CLIENTS = 200;
  private static final int LIMIT = 10;
  private static final int TRIES = 6 * CLIENTS;

  private final AtomicIntegerArray admitted = new AtomicIntegerArray(CLIENTS);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  @Test
  void togetherTheyAdmitExactlyTheLimitOfEveryClient() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      flood(server);
      for (int client = 0; client < CLIENTS; client++) {
        assertThat(admitted.get(client)).isEqualTo(LIMIT);
      }
    }
  }

  @Test
  void noCallFailsWhileScriptsAreForgottenAndConnectionsAreCut() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (RedisServer server = RedisServer.start()) {
      Thread vandal = new Thread(() -> vandalise(server, over));
      vandal.start();
      flood(server);
      over.set(true);
      vandal.join();
      for (int client = 0; client < CLIENTS; client++) {
        int share = (LIMIT + GATES - 1) / GATES;
        assertThat(admitted.get(client)).isBetween(LIMIT - GATES, LIMIT + GATES * share);
      }
    }
  }

  private static void vandalise(RedisServer server, AtomicBoolean over) {
    while (!over.get()) {
      server.say("SCRIPT FLUSH");
      server.say("CLIENT KILL TYPE normal");
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

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

  /** Every gate lets each client try more often than all together may admit. */
  private void flood(RedisServer server) throws Exception {
    List<Gate> gates = new ArrayList<>();
    try {
      for (int i = 0; i < GATES; i++) {
        gates.add(gate(server));
      }
      gates.forEach(Gate::awaitRedis);
      List<Thread> threads = gates.stream().map(gate -> new Thread(() -> flood(gate))).toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
    } finally {
      for (Gate gate : gates) {
        gate.close();
      }
    }
  }

  private void flood(Gate gate) {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    List<Future<?>> answers = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      int client = i % CLIENTS;
      inFlight.acquireUninterruptibly();
      answers.add(
          gate.taking("client" + client)
              .onSuccess(
                  admission -> {
                    if (admission instanceof Permit) {
                      admitted.incrementAndGet(client);
                    }
                  })
              .onFailure(failures::add)
              .onComplete(done -> inFlight.release()));
    }
    try {
      Future.join(answers).await(60, SECONDS);
    } catch (Exception e) {
      failures.add(e);
    }
  }
}
