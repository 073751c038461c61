package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.AnthropicScripts;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upstreams that answer otherwise than they should. */
class NonsenseUpstreamTest {
  private static final String SSE = "content-type: text/event-stream";
  private static final String LONG = "x".repeat(60_000);
  private static final FakeUpstream upstream = FakeUpstream.start();
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
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

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void forget() {
    Upstreams.forgetRequests(upstream);
  }

  private static PageReply streamed(Consumer<Reply> script) {
    upstream.answer(script);
    return PageReply.streamed(gateway, "up");
  }

  private static PageReply whole(Consumer<Reply> script) {
    upstream.answer(script);
    return PageReply.whole(gateway, "up");
  }

  private static Reply twoTokens(Reply reply) {
    return OpenAiScripts.tokens(reply.sse(), 2, Duration.ZERO);
  }

  private static void assertHungUp() {
    upstream.awaitClosed(Upstreams.takeChat(upstream).connection());
  }

  @Test
  void threeEventsThatAreNoJsonAreBorneAndTheFourthIsNot() {
    streamed(
            reply ->
                twoTokens(reply)
                    .event("{")
                    .event("nonsense")
                    .event("{\"choices\":[}")
                    .event(OpenAiScripts.finish("stop"))
                    .event(OpenAiScripts.DONE)
                    .end())
        .isDone("t0 t1 ");
    streamed(reply -> twoTokens(reply).event("{").event("{").event("{").event("{").stall())
        .brokeOff("t0 t1 ", "upstream_protocol");
    streamed(reply -> reply.sse().event("{").event("{").event("{").event("{").stall())
        .isRefused(502, "upstream_protocol");
  }

  @Test
  void anEventLargerThanOneMebibyteIsRefused() {
    streamed(reply -> twoTokens(reply).endlessly(Duration.ZERO, n -> LONG))
        .brokeOff("t0 t1 ", "upstream_protocol");
    assertHungUp();
    streamed(reply -> reply.sse().endlessly(Duration.ZERO, n -> "data: " + LONG + "\n"))
        .isRefused(502, "upstream_protocol");
    assertHungUp();
  }

  @Test
  void anAnswerThatNeverEndsIsCutAtEightMebibytes() {
    PageReply reply =
        streamed(
            r ->
                r.sse()
                    .endlessly(
                        Duration.ZERO, n -> "data: " + OpenAiScripts.content(LONG) + "\n\n"));
    reply.brokeOff(reply.text(), "answer_too_long");
    assertThat(reply.text().length()).isBetween(8_000_000, 11_000_000);
    assertHungUp();
  }

  @Test
  void aWholeAnswerLargerThanEightMebibytesIsRefused() {
    whole(
            reply ->
                reply
                    .head(200, "content-type: application/json")
                    .endlessly(Duration.ZERO, n -> LONG))
        .isRefused(502, "answer_too_long");
    assertHungUp();
  }

  @Test
  void anErrorThatNeverEndsIsCut() {
    streamed(
            reply ->
                reply
                    .head(500, "content-type: application/json")
                    .endlessly(Duration.ZERO, n -> LONG))
        .isRefused(502, "upstream_error");
    assertHungUp();
  }

  @Test
  void whatFollowsTheLastWordIsIgnored() {
    streamed(
            reply -> {
              twoTokens(reply).event(OpenAiScripts.finish("stop")).event(OpenAiScripts.DONE);
              OpenAiScripts.tokens(reply, 2, Duration.ZERO).event(OpenAiScripts.DONE).end();
            })
        .isDone("t0 t1 ");
    upstream.answer(
        reply -> {
          AnthropicScripts.start(reply).event("content_block_delta", AnthropicScripts.token(0));
          AnthropicScripts.finish(reply, 1);
          AnthropicScripts.tokens(reply, 2, Duration.ZERO).end();
        });
    PageReply.streamed(gateway, "anthropic").isDone("t0 ");
  }

  @Test
  void anUpstreamThatDoesNotCloseAfterItsLastWordIsLeft() {
    streamed(
            reply ->
                twoTokens(reply)
                    .event(OpenAiScripts.finish("stop"))
                    .event(OpenAiScripts.DONE)
                    .stall())
        .isDone("t0 t1 ");
    assertHungUp();
    streamed(
            reply ->
                twoTokens(reply)
                    .event(OpenAiScripts.finish("stop"))
                    .event(OpenAiScripts.DONE)
                    .endlessly(Duration.ofMillis(5), OpenAiScripts::token))
        .isDone("t0 t1 ");
    assertHungUp();
  }

  @Test
  void aRedirectIsNotFollowed() {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      streamed(reply -> reply.redirect(status, upstream.url() + "/elsewhere").end())
          .isRefused(502, "upstream_error");
      assertThat(Upstreams.takeChat(upstream).path()).isEqualTo("/chat/completions");
      assertThat(upstream.waitingRequests()).isZero();
    }
  }

  @Test
  void aCodingThatNobodyAskedForIsRefused() throws IOException {
    byte[] zipped = gzip(OpenAiScripts.body(2));
    streamed(reply -> reply.head(200, SSE, "content-encoding: gzip").chunk(zipped).end())
        .isRefused(502, "upstream_protocol");
    streamed(
            reply ->
                reply
                    .head(200, SSE, "content-encoding: identity")
                    .chunk(OpenAiScripts.body(2))
                    .end())
        .isDone("t0 t1 ");
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void interimAnswersAreSkipped() {
    streamed(
            reply ->
                OpenAiScripts.stream(2)
                    .accept(reply.interim(100).interim(103, "link: </x>; rel=preload")))
        .isDone("t0 t1 ");
  }

  @Test
  void aHeaderThatIsTooLargeIsRefused() {
    streamed(reply -> reply.head(200, SSE, "x-large: " + LONG).chunk(OpenAiScripts.body(2)).end())
        .isRefused(502, "upstream_protocol");
    streamed(
            reply ->
                reply
                    .head(200, SSE, "x-large: " + "x".repeat(20_000))
                    .chunk(OpenAiScripts.body(2))
                    .end())
        .isDone("t0 t1 ");
  }

  @Test
  void aStatusLineThatIsNoneIsRefused() {
    streamed(reply -> reply.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n").stall())
        .isRefused(502, "upstream_protocol");
  }

  @Test
  void aLoginPageIsNoAnswer() {
    streamed(reply -> reply.whole(200, "text/html; charset=utf-8", "<html>Log in</html>"))
        .isRefused(502, "upstream_protocol");
    whole(reply -> reply.whole(200, "text/html; charset=utf-8", "<html>Log in</html>"))
        .isRefused(502, "upstream_protocol");
    streamed(reply -> reply.head(204).end()).isRefused(502, "upstream_incomplete");
  }

  @Test
  void anUpstreamThatCannotStreamIsStreamedAllTheSame() {
    PageReply reply = streamed(OpenAiScripts.answer(3)).isDone("t0 t1 t2 ");
    assertThat(reply.terminal().getJsonObject("usage").getInteger("completion_tokens"))
        .isEqualTo(3);
    upstream.answer(AnthropicScripts.answer(3));
    PageReply.streamed(gateway, "anthropic").isDone("t0 t1 t2 ");
  }

  @Test
  void anUpstreamThatOnlyStreamsIsGatheredAllTheSame() {
    assertThat(whole(OpenAiScripts.stream(3)).json().getString("message")).isEqualTo("t0 t1 t2 ");
    whole(reply -> twoTokens(reply).end()).isRefused(502, "upstream_incomplete");
  }

  @Test
  void jsonThatIsNoAnswerIsRefused() {
    for (String body : new String[] {"", "{", "[]", "null", "{}", "{\"choices\":[]}", "42"}) {
      whole(reply -> reply.json(200, body)).isRefused(502, "upstream_protocol");
      streamed(reply -> reply.json(200, body)).isRefused(502, "upstream_protocol");
      upstream.answer(reply -> reply.json(200, body));
      PageReply.whole(gateway, "anthropic").isRefused(502, "upstream_protocol");
    }
  }

  @Test
  void bytesThatAreNoUtf8AreReplaced() {
    byte[] event =
        ("data: " + OpenAiScripts.content("a?b") + "\n\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < event.length; i++) {
      if (event[i] == '?') {
        event[i] = (byte) 0xff;
      }
    }
    streamed(
            reply ->
                reply
                    .sse()
                    .chunk(event)
                    .event(OpenAiScripts.finish("stop"))
                    .event(OpenAiScripts.DONE)
                    .end())
        .isDone("a\uFFFDb");
  }
}
