package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import dev.sluice.upstream.SseReader;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final String COMMENT = ": keep-alive\n\n";

  private static OneUpstream relay;

  @BeforeAll
  static void start() throws Exception {
    relay = OneUpstream.start("hold_status: 600ms, heartbeat: 300ms");
  }

  @AfterAll
  static void stop() throws Exception {
    relay.close();
  }

  private static void awaitComments(InputStream body, int count) throws IOException {
    assertThat(new String(body.readNBytes(count * COMMENT.length()), StandardCharsets.UTF_8))
        .isEqualTo(COMMENT.repeat(count));
  }

  /** Waits for comments from an upstream that has begun so, then lets it go on. */
  private static SseReader afterComments(Consumer<Reply> begin, Consumer<Reply> goOn)
      throws IOException {
    var silence = new CountDownLatch(1);
    relay
        .upstream()
        .answer(
            reply -> {
              begin.accept(reply);
              goOn.accept(reply.await(silence));
            });
    var client = relay.connect();
    client.post(Asking.STREAM, Asking.question("m"));
    assertThat(client.readHead().status()).isEqualTo(200);
    awaitComments(client.body(), 3);
    silence.countDown();
    return new SseReader(client.body());
  }

  @Test
  void aSilentUpstreamIsFilledWithComments() throws IOException {
    var events = afterComments(reply -> {}, OpenAiScripts.stream(3)).rest();
    assertThat(Asking.text(events)).isEqualTo(OpenAiScripts.text(3));
    assertThat(Asking.end(events)).isEqualTo("done");
    assertThat(events.get(0).id()).endsWith("-0");
  }

  @Test
  void aFailureAfterCommentsIsAnErrorEvent() throws IOException {
    for (Consumer<Reply> begin :
        List.<Consumer<Reply>>of(reply -> {}, reply -> reply.sse().event(OpenAiScripts.role()))) {
      var events = afterComments(begin, Reply::reset).rest();
      assertThat(events).hasSize(1);
      var error = Asking.json(events.get(0));
      assertThat(error.getString("type")).isEqualTo("error");
      assertThat(error.getString("error")).endsWith(".");
      assertThat(error.getString("code")).startsWith("upstream_");
      assertThat(error.getString("request_id")).isNotBlank();
    }
  }

  @Test
  void aRefusalAfterCommentsIsAnErrorEvent() throws IOException {
    var events = afterComments(reply -> {}, OpenAiScripts.error(429, "x", "y")).rest();
    assertThat(Asking.json(events.get(0)).getString("code")).isEqualTo("upstream_rate_limited");
  }

  @Test
  void aFailureBeforeAnythingWasSaidIsAStatus() throws IOException {
    relay.upstream().answer(OpenAiScripts.error(429, "x", "y", "retry-after: 3"));
    var refused = Asking.post(relay.port(), Asking.STREAM, Asking.question("m"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.head().header("retry-after")).isEqualTo("3");
    assertThat(refused.json().getString("code")).isEqualTo("upstream_rate_limited");
    relay.upstream().answer(reply -> reply.sse().event(OpenAiScripts.role()).reset());
    var broken = Asking.post(relay.port(), Asking.STREAM, Asking.question("m"));
    assertThat(broken.status()).isEqualTo(502);
  }

  @Test
  void aPauseBetweenTokensIsFilledWithComments() throws IOException {
    var silence = new CountDownLatch(1);
    relay
        .upstream()
        .answer(
            reply -> {
              reply.sse().event(OpenAiScripts.token(0)).await(silence);
              reply.event(OpenAiScripts.finish("stop")).event(OpenAiScripts.DONE).end();
            });
    try (var client = relay.connect()) {
      client.post(Asking.STREAM, Asking.question("m")).readHead();
      assertThat(Asking.json(client.events().next()).getString("content")).isEqualTo("t0 ");
      awaitComments(client.body(), 2);
      silence.countDown();
      assertThat(Asking.end(client.events().rest())).isEqualTo("done");
    }
  }

  @Test
  void anAnswerThatIsNotStreamedWaitsInSilence() throws IOException {
    var silence = new CountDownLatch(1);
    relay
        .upstream()
        .answer(reply -> OpenAiScripts.error(401, "x", "y").accept(reply.await(silence)));
    try (var client = relay.connect()) {
      int before = relay.upstream().waitingRequests();
      client.post(Asking.WHOLE, Asking.question("m"));
      Waiting.until("the chat arrives", () -> relay.upstream().waitingRequests() > before);
      var other = afterComments(reply -> {}, OpenAiScripts.stream(1));
      assertThat(Asking.end(other.rest())).isEqualTo("done");
      silence.countDown();
      assertThat(Asking.answer(client).status()).isEqualTo(502);
    }
  }
}
