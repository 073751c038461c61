package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleConnectionsTest {
  private static final Duration THINKING = Duration.ofSeconds(4);

  private static OneUpstream relay;

  @BeforeAll
  static void start() throws Exception {
    relay = OneUpstream.start("idle_timeout: 1s, heartbeat: 999ms, hold_status: 30s");
  }

  @AfterAll
  static void stop() throws Exception {
    relay.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HTT", "GET / HTTP/1.1\r\nhost: localhost\r\nx: "})
  void whoBringsNoWholeRequestIsClosed(String begun) throws IOException {
    try (var client = relay.connect()) {
      client.send(begun).awaitClosed();
    }
  }

  @Test
  void whoHasNothingMoreToAskIsClosed() throws IOException {
    try (var client = relay.connect()) {
      assertThat(Asking.answer(client.get("/api/health")).status()).isEqualTo(200);
      assertThat(Asking.answer(client.get("/api/health")).status()).isEqualTo(200);
      client.awaitClosed();
    }
  }

  @Test
  void whoSendsHeadersForEverIsClosed() throws IOException, InterruptedException {
    try (var client = relay.connect()) {
      client.send("GET / HTTP/1.1\r\n");
      long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
      boolean closed = false;
      while (!closed && System.nanoTime() < end) {
        try {
          client.send("x: y\r\n");
          Thread.sleep(50);
        } catch (IOException e) {
          closed = true;
        }
      }
      assertThat(closed).isTrue();
    }
  }

  @Test
  void whoWaitsForASlowModelIsNotIdle() throws IOException {
    relay.upstream().answer(reply -> OpenAiScripts.stream(2).accept(reply.pause(THINKING)));
    try (var streamed = relay.connect();
        var whole = relay.connect()) {
      streamed.post(Asking.STREAM, Asking.question("m"));
      relay.takeConnection();
      relay.upstream().answer(reply -> OpenAiScripts.answer(2).accept(reply.pause(THINKING)));
      whole.post(Asking.WHOLE, Asking.question("m"));
      assertThat(Asking.answer(streamed).body()).contains("\"type\":\"done\"");
      assertThat(Asking.answer(whole).json().getString("message")).isEqualTo("t0 t1 ");
      streamed.awaitClosed();
      whole.awaitClosed();
    }
  }

  @Test
  @Tag("slow")
  void headThatTricklesOnAServedConnectionIsClosedLongBeforeTheIdleTimeout() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, idle_timeout: 10m}");
        var client = RawClient.connect(gateway.port())) {
      assertThat(Asking.answer(client.get("/health/live")).status()).isEqualTo(200);
      client.deadline(Duration.ofMillis(500));
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      boolean closed = false;
      while (!closed && System.nanoTime() < end) {
        try {
          client.send("G");
          closed = client.readSome(1).length == 0;
        } catch (SocketTimeoutException goesOn) {
          closed = false;
        } catch (IOException gone) {
          closed = true;
        }
      }
      assertThat(closed).isTrue();
    }
  }
}
