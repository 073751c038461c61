package dev.sluice.limiter;

import dev.sluice.chat.Cost;
import dev.sluice.chat.Limit;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a check costs and what a client takes, in this process and in Redis: {@code mvn -q
 * test-compile exec:java -Dexec.mainClass=dev.sluice.limiter.LimiterCost
 * -Dexec.classpathScope=test}.
 */
final class LimiterCost {
  private static final int CLIENTS = 20_000;
  private static final int ROUNDS = 10;
  private static final int IN_FLIGHT = 64;

  private LimiterCost() {}

  /** Prints a line for each. */
  public static void main(String[] args) throws Exception {
    List<Limit> requests =
        List.of(
            new Limit("minute", 10, Duration.ofMinutes(1)),
            new Limit("hour", 100, Duration.ofHours(1)),
            new Limit("day", 500, Duration.ofDays(1)));
    Quota plain = new Quota(requests);
    Quota full = new Quota(requests, new Budgets(1_000_000, 9_000_000, 9_000_000), 600);
    local("local, requests", plain);
    local("local, requests, budgets and streams", full);
    shared("Redis, requests", plain);
    shared("Redis, requests, budgets and streams", full);
    System.exit(0);
  }

  private static void local(String name, Quota quota) {
    long nanos = 0;
    long bytes = 0;
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = used();
      LocalLimits limits = new LocalLimits(quota, CLIENTS);
      long begin = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CLIENTS; i++) {
          String client = "ip4_0123456789abcdefg" + i;
          String id = "id" + round;
          limits.look(client, quota, Cost.NONE, round);
          limits.begin(client, id, new Cost(100, 100), round);
          limits.settle(client, id, new Cost(50, 50), round);
        }
      }
      nanos = System.nanoTime() - begin;
      bytes = used() - before;
      if (limits.size() != CLIENTS) {
        throw new IllegalStateException();
      }
    }
    System.out.printf(
        "%s: %.2f us a check with its settlement, %d B a client after %d requests%n",
        name, nanos / 1e3 / ROUNDS / CLIENTS, bytes / CLIENTS, ROUNDS);
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void shared(String name, Quota quota) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (RedisServer server = RedisServer.start()) {
      RedisLink link =
          new RedisLink(
              vertx,
              new RedisConfig(
                  new Secret(server.url()),
                  null,
                  Duration.ofSeconds(20),
                  1,
                  RedisConfig.WhenAway.LOCAL),
              new RedisWatch(System::currentTimeMillis));
      vertx.runOnContext(go -> link.open());
      while (!link.isOpen()) {
        Thread.onSpinWait();
      }
      RedisLimits limits = new RedisLimits(link, quota, "");
      take(vertx, limits, "warm");
      long begin = System.nanoTime();
      int takes = take(vertx, limits, "measured");
      long nanos = System.nanoTime() - begin;
      String memory = server.say("MEMORY USAGE sluice:log:2::measured0");
      System.out.printf(
          "%s: %.1f us a take at %d in flight, %s B in Redis after %d requests%n",
          name, nanos / 1e3 / takes, IN_FLIGHT, memory.substring(1), ROUNDS);
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  private static int take(Vertx vertx, RedisLimits limits, String client) throws Exception {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    List<Future<?>> answers = new ArrayList<>();
    int clients = 2_000;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < clients; i++) {
        String name = client + i;
        String id = String.format("%016d", round);
        inFlight.acquire();
        Future<RedisLimits.Reply> answer =
            Future.future(
                promise ->
                    vertx.runOnContext(go -> limits.take(name, id, Cost.NONE).onComplete(promise)));
        answers.add(answer.onComplete(done -> inFlight.release()));
      }
    }
    Future.join(answers).await(120, TimeUnit.SECONDS);
    return ROUNDS * clients;
  }
}
