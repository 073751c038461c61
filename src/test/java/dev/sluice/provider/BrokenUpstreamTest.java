package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.AnthropicScripts;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.RecordedRequest;
import dev.sluice.upstream.Reply;
import dev.sluice.upstream.SseReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upstreams whose connection breaks. Each test has its own, so that connections can be counted. */
class BrokenUpstreamTest {
  private static final String SSE = "content-type: text/event-stream";

  private FakeUpstream upstream;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    upstream = FakeUpstream.start();
    gateway =
        TestGateway.start(
            """
            http: {port: 0, instances: 1, drain: 0s}
            demo: {enabled: false}
            providers:
              up: {kind: openai-compatible, base_url: 'URL'}
              anthropic: {base_url: 'URL', api_key: sk-ant}
            """
                .replace("URL", upstream.url()));
    Upstreams.awaitListed(upstream, 2);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    upstream.close();
  }

  private PageReply streamed(Consumer<Reply> script) {
    upstream.answer(script);
    return PageReply.streamed(gateway, "up");
  }

  private static Reply twoTokens(Reply reply) {
    return OpenAiScripts.tokens(reply, 2, Duration.ZERO);
  }

  private static String events(String... data) {
    var body = new StringBuilder();
    for (String one : data) {
      body.append("data: ").append(one).append("\n\n");
    }
    return body.toString();
  }

  @Test
  void aResetInMidAnswerKeepsWhatCame() throws IOException {
    var seen = new CountDownLatch(1);
    upstream.answer(reply -> twoTokens(reply.sse()).await(seen).reset());
    try (var client = RawClient.connect(gateway.port())) {
      client.post("/api/chat/stream", PageReply.question("up", PageReply.QUESTION));
      assertThat(client.readHead().status()).isEqualTo(200);
      SseReader events = client.events();
      var text = new StringBuilder();
      while (text.length() < 6) {
        text.append(content(events));
      }
      seen.countDown();
      assertThat(text).hasToString("t0 t1 ");
      assertThat(Objects.requireNonNull(events.next()).data())
          .contains("\"error\"", "\"upstream_reset\"");
      assertThat(events.next()).isNull();
      assertThat(events.wasCut()).isFalse();
    }
  }

  private static String content(SseReader events) {
    String data = Objects.requireNonNull(events.next()).data();
    return new io.vertx.core.json.JsonObject(data).getString("content");
  }

  @Test
  void aCutInMidAnswerKeepsWhatCame() {
    streamed(reply -> twoTokens(reply.sse()).cut()).brokeOff("t0 t1 ", "upstream_reset");
  }

  @Test
  void aBodyShorterThanItsLengthIsBroken() {
    streamed(
            reply ->
                reply
                    .head(200, SSE, "content-length: 5000")
                    .chunk(events(OpenAiScripts.token(0), OpenAiScripts.token(1)))
                    .cut())
        .brokeOff("t0 t1 ", "upstream_reset");
    upstream.answer(
        reply ->
            reply
                .head(200, "content-type: application/json", "content-length: 5000")
                .chunk("{\"choices\":[")
                .cut());
    PageReply.whole(gateway, "up").isRefused(502, "upstream_reset");
  }

  @Test
  void aBodyThatRunsUntilTheCloseNeedsItsLastWord() {
    streamed(reply -> twoTokens(reply.head(200, SSE, "connection: close")).end())
        .brokeOff("t0 t1 ", "upstream_incomplete");
    upstream.answer(
        reply -> {
          AnthropicScripts.tokens(AnthropicScripts.start(reply), 2, Duration.ZERO).end();
        });
    PageReply.streamed(gateway, "anthropic").brokeOff("t0 t1 ", "upstream_incomplete");
  }

  @Test
  void anAnswerWithoutContentAndLastWordIsRefused() {
    streamed(reply -> reply.sse().event(OpenAiScripts.role()).end())
        .isRefused(502, "upstream_incomplete");
    streamed(reply -> reply.sse().event(OpenAiScripts.DONE).end())
        .isRefused(502, "upstream_incomplete");
  }

  @Test
  void aReasonToStopIsALastWordTooHoweverTheConnectionEnds() {
    String stop = OpenAiScripts.finish("stop");
    streamed(reply -> twoTokens(reply.sse()).event(stop).end()).isDone("t0 t1 ");
    streamed(reply -> twoTokens(reply.head(200, SSE, "connection: close")).event(stop).end())
        .isDone("t0 t1 ");
    streamed(reply -> twoTokens(reply.sse()).event(stop).cut()).isDone("t0 t1 ");
  }

  @Test
  void aChunkSizeThatIsNoneKeepsWhatCame() {
    streamed(reply -> twoTokens(reply.sse()).raw("zz\r\nnonsense\r\n").stall())
        .brokeOff("t0 t1 ", "upstream_protocol");
  }

  @Test
  void aConnectionThatDiedUnseenIsReplacedUnnoticed() {
    streamed(OpenAiScripts.stream(2)).isDone("t0 t1 ");
    int connection = Upstreams.takeChat(upstream).connection();

    upstream.answerNext(Reply::reset);
    streamed(OpenAiScripts.stream(3)).isDone("t0 t1 t2 ");
    assertThat(Upstreams.takeChat(upstream).connection()).isEqualTo(connection);
    assertThat(Upstreams.takeChat(upstream).connection()).isGreaterThan(connection);
  }

  @Test
  void aQuestionIsPutTwiceAtMost() {
    streamed(OpenAiScripts.stream(2)).isDone("t0 t1 ");
    Upstreams.forgetRequests(upstream);

    streamed(Reply::reset).isRefused(502, "upstream_reset");
    assertThat(upstream.waitingChats()).isEqualTo(2);
  }

  @Test
  void aFreshConnectionThatBreaksIsNotReplaced() {
    streamed(Reply::reset).isRefused(502, "upstream_reset");
    assertThat(upstream.waitingChats()).isEqualTo(1);
    streamed(Reply::cut).isRefused(502, "upstream_reset");
  }

  @Test
  void aQuestionIsNotPutAgainOnceItsAnswerHasBegun() {
    streamed(OpenAiScripts.stream(2)).isDone("t0 t1 ");
    Upstreams.forgetRequests(upstream);

    streamed(reply -> reply.sse().reset()).isRefused(502, "upstream_reset");
    assertThat(upstream.waitingChats()).isEqualTo(1);
  }

  @Test
  void theSecondTryGoesToAFreshConnectionThoughMoreLieIdle() throws IOException {
    var both = new CountDownLatch(2);
    upstream.answer(
        reply -> {
          both.countDown();
          OpenAiScripts.stream(2).accept(reply.await(both));
        });
    try (var one = RawClient.connect(gateway.port());
        var two = RawClient.connect(gateway.port())) {
      one.post("/api/chat/stream", PageReply.question("up", "One?"));
      two.post("/api/chat/stream", PageReply.question("up", "Two?"));
      PageReply.read(one).isDone("t0 t1 ");
      PageReply.read(two).isDone("t0 t1 ");
    }
    RecordedRequest first = Upstreams.takeChat(upstream);
    RecordedRequest second = Upstreams.takeChat(upstream);
    int idle = Math.max(first.connection(), second.connection());

    upstream.answerEach(
        (request, reply) -> {
          if (request.connection() <= idle) {
            reply.reset();
          } else {
            OpenAiScripts.stream(3).accept(reply);
          }
        });
    PageReply.streamed(gateway, "up").isDone("t0 t1 t2 ");
  }

  @Test
  void aConnectionServesTheNextChatAfterAnAnswerAndAfterARefusal() {
    streamed(OpenAiScripts.stream(2)).isDone("t0 t1 ");
    streamed(OpenAiScripts.error(400, "invalid_request_error", "No."))
        .isRefused(400, "upstream_rejected");
    streamed(OpenAiScripts.stream(2)).isDone("t0 t1 ");
    int connection = Upstreams.takeChat(upstream).connection();
    assertThat(Upstreams.takeChat(upstream).connection()).isEqualTo(connection);
    assertThat(Upstreams.takeChat(upstream).connection()).isEqualTo(connection);
  }
}
