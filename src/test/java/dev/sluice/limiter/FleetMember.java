package dev.sluice.limiter;

import dev.sluice.chat.Permit;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One gateway's limiter in a process of its own: says that it is ready, waits for a line, lets
 * every client try some times, and says how often each was admitted.
 */
final class FleetMember {
  static final int CLIENTS = 1_000;
  static final int LIMIT = 10;
  static final int GATEWAYS = 4;

  private static final int IN_FLIGHT = 64;

  private FleetMember() {}

  /**
   * Runs one.
   *
   * @param args the URL of the Redis, how long to wait for it in milliseconds, and how often each
   *     client tries
   */
  public static void main(String[] args) throws Exception {
    Duration deadline = Duration.ofMillis(Long.parseLong(args[1]));
    LimitsConfig limits =
        Gate.limits(LIMIT, Gate.redis(args[0], deadline, GATEWAYS, WhenAway.LOCAL));
    try (Gate gate = new Gate(limits)) {
      gate.awaitRedis();
      System.out.println("ready");
      System.in.read();
      System.out.println(Arrays.toString(flood(gate, Integer.parseInt(args[2]))));
    }
    System.exit(0);
  }

  private static int[] flood(Gate gate, int tries) throws Exception {
    int[] admitted = new int[CLIENTS];
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    List<Future<?>> answers = new ArrayList<>();
    for (int i = 0; i < tries * CLIENTS; i++) {
      int client = i % CLIENTS;
      inFlight.acquireUninterruptibly();
      answers.add(
          gate.taking("client" + client)
              .onSuccess(
                  admission -> {
                    if (admission instanceof Permit) {
                      synchronized (admitted) {
                        admitted[client]++;
                      }
                    }
                  })
              .onComplete(done -> inFlight.release()));
    }
    Future.join(answers).await(120, TimeUnit.SECONDS);
    synchronized (admitted) {
      return admitted.clone();
    }
  }
}
