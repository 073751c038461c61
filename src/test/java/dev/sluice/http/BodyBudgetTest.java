package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  private static final int KIB = 1024;

  /** The head of a chat whose body is to follow. */
  private static RawClient begin(TestGateway gateway, int length, String... lines)
      throws IOException {
    var client = RawClient.connect(gateway.port());
    client.send("POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n");
    for (String line : lines) {
      client.send(line + "\r\n");
    }
    return client.send("content-length: " + length + "\r\n\r\n");
  }

  /** The answer, or null if there is none so soon. */
  private static Asking.@Nullable Answer answerWithin(RawClient client, Duration soon)
      throws IOException {
    try {
      return Asking.answer(client.deadline(soon));
    } catch (SocketTimeoutException stalls) {
      return null;
    }
  }

  @Test
  void bodiesBeyondTheMemoryGet503AndSmallOnesPass() throws Exception {
    List<RawClient> stalled = new ArrayList<>();
    try (var gateway =
        TestGateway.start(
            "http: {port: 0, instances: 1, max_body: 64KiB, body_memory: 256KiB, drain: 0s}")) {
      // One caller has half of the memory: of these bodies it holds two, and the next is refused.
      RawClient last = null;
      Asking.Answer refused = null;
      for (int i = 0; i < 20 && refused == null; i++) {
        last = begin(gateway, 64 * KIB).send(" ".repeat(60 * KIB));
        stalled.add(last);
        refused = answerWithin(last, Duration.ofMillis(500));
      }
      assertThat(refused).isNotNull();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().getString("code")).isEqualTo("overloaded");
      assertThat(Integer.parseInt(refused.head().header("retry-after"))).isPositive();
      last.deadline(Duration.ofSeconds(10)).awaitClosed();
      for (RawClient client : stalled) {
        client.close();
      }
      var later = Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 1000));
      assertThat(later.status()).isEqualTo(200);
    } finally {
      for (RawClient client : stalled) {
        client.close();
      }
    }
  }

  @Test
  void callerWithoutAKeyIsRefusedBeforeItsBodyIsRead() throws Exception {
    String keys = "keys: {required: true, clients: {a: {hash: '" + "0".repeat(64) + "'}}}";
    try (var gateway = TestGateway.start(keys + "\nhttp: {port: 0}")) {
      try (var client = begin(gateway, 1_000_000)) {
        assertThat(Asking.answer(client).status()).isEqualTo(401);
        client.awaitClosed();
      }
      try (var client = begin(gateway, 1_000_000, "expect: 100-continue")) {
        assertThat(client.readHead().status()).isEqualTo(401);
      }
    }
  }

  @Test
  void callerAtItsLimitIsRefusedBeforeALargeBodyIsRead() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0}\nlimits: {per_minute: 1}")) {
      String question = Asking.count(1, 1000);
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, question).status()).isEqualTo(200);
      try (var client = begin(gateway, 1_000_000)) {
        var answer = Asking.answer(client);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.head().header("retry-after"))).isBetween(1, 60);
        assertThat(answer.head().header("x-ratelimit-remaining")).isEqualTo("0");
      }
    }
  }

  @Test
  void bodyThatStallsNearItsEndGets408AfterTheGrace() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, body_deadline: 500ms}");
        var client = begin(gateway, 1 << 20).send(" ".repeat((1 << 20) - 1))) {
      long start = System.nanoTime();
      assertThat(Asking.answer(client).status()).isEqualTo(408);
      // It was 64 s longer when every byte that may come bought time.
      assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
  }

  @Test
  void bodyBelowTheLeastRateGets408() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, body_deadline: 500ms}");
        var client = begin(gateway, 1 << 20)) {
      Thread trickle =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 1_000; i++) {
                    client.send(" ");
                    Thread.sleep(20);
                  }
                } catch (IOException | InterruptedException closed) {
                  Thread.currentThread().interrupt();
                }
              });
      trickle.setDaemon(true);
      trickle.start();
      assertThat(Asking.answer(client).status()).isEqualTo(408);
    }
  }

  @Property(tries = 200)
  void noOrderOfBodiesExceedsTheBudgetAndAllOfItComesBack(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 40_000) Integer> steps) {
    int total = 100_000;
    var budget = new BodyBudget(total);
    List<BodyBudget.Lease> leases = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    for (int step : steps) {
      if (step % 5 == 0 && !leases.isEmpty()) {
        leases.remove(0).close();
        held.remove(0);
      } else {
        var lease = budget.open("caller" + step % 3);
        held.add(lease.grow(step) ? step : 0);
        leases.add(lease);
      }
      assertThat(held.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(total);
    }
    leases.forEach(BodyBudget.Lease::close);
    assertThat(budget.open("another").grow(total / 2)).isTrue();
  }
}
