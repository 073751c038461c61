package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.AnthropicScripts;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upstreams that let one wait. */
class LateUpstreamTest {
  private static final Duration BEAT = Duration.ofMillis(20);
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
              hasty:
                kind: openai-compatible
                base_url: 'URL'
                timeouts: {first_token: 300ms, silence: 10s}
              nervous:
                kind: openai-compatible
                base_url: 'URL'
                timeouts: {first_token: 10s, silence: 300ms}
              nervous-anthropic:
                kind: anthropic
                base_url: 'URL'
                api_key: sk-ant
                timeouts: {first_token: 10s, silence: 300ms}
              short: {kind: openai-compatible, base_url: 'URL', timeouts: {total: 700ms}}
            """
                .replace("URL", upstream.url()));
    Upstreams.awaitListed(upstream, 4);
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

  private static PageReply streamed(String provider, Consumer<Reply> script) {
    upstream.answer(script);
    return PageReply.streamed(gateway, provider);
  }

  /** The connection of the chat before this is given up, not kept for the next one. */
  private static void assertHungUp() {
    upstream.awaitClosed(Upstreams.takeChat(upstream).connection());
  }

  @Test
  void anUpstreamThatDoesNotAnswerRunsOutOfTime() {
    PageReply reply =
        streamed("hasty", Reply::stall).isRefused(504, "upstream_first_token_timeout");
    assertThat(reply.message()).contains("300 ms");
    assertHungUp();
  }

  @Test
  void anUpstreamThatOnlyBeginsToAnswerRunsOutOfTime() {
    PageReply reply =
        streamed("hasty", r -> r.sse().event(OpenAiScripts.role()).stall())
            .isRefused(504, "upstream_first_token_timeout");
    assertThat(reply.message()).contains("300 ms");
    assertHungUp();
  }

  @Test
  void heartbeatsAreNoFirstToken() {
    streamed("hasty", r -> r.sse().endlessly(BEAT, n -> ": still here\n\n"))
        .isRefused(504, "upstream_first_token_timeout");
    assertHungUp();
    streamed("hasty", r -> r.sse().endlessly(BEAT, n -> "data: " + OpenAiScripts.role() + "\n\n"))
        .isRefused(504, "upstream_first_token_timeout");
    assertHungUp();
  }

  @Test
  void aFirstTokenThatIsLateAfterTheStatusWasSentIsAnEvent() throws Exception {
    upstream.answer(Reply::stall);
    try (var impatient =
        TestGateway.start(
            """
            http: {port: 0, instances: 1, drain: 0s, hold_status: 100ms}
            demo: {enabled: false}
            providers:
              thinking:
                kind: openai-compatible
                base_url: 'URL'
                timeouts: {first_token: 1500ms}
            """
                .replace("URL", upstream.url()))) {
      PageReply.streamed(impatient, "thinking").brokeOff("", "upstream_first_token_timeout");
      assertHungUp();
    }
  }

  @Test
  void aStallInMidAnswerIsAnEventAndTheConnectionIsGivenUp() {
    PageReply reply =
        streamed("nervous", r -> OpenAiScripts.tokens(r.sse(), 2, Duration.ZERO).stall())
            .brokeOff("t0 t1 ", "upstream_stalled");
    assertThat(reply.message()).contains("300 ms");
    assertHungUp();
  }

  @Test
  void heartbeatsDoNotHideAStall() {
    streamed(
            "nervous",
            r ->
                OpenAiScripts.tokens(r.sse(), 2, Duration.ZERO)
                    .endlessly(BEAT, n -> ": still here\n\n"))
        .brokeOff("t0 t1 ", "upstream_stalled");
    assertHungUp();
    streamed(
            "nervous-anthropic",
            r ->
                AnthropicScripts.tokens(AnthropicScripts.start(r), 2, Duration.ZERO)
                    .endlessly(BEAT, n -> "event: ping\ndata: {\"type\":\"ping\"}\n\n"))
        .brokeOff("t0 t1 ", "upstream_stalled");
    assertHungUp();
  }

  @Test
  void anUpstreamThatFallsSilentAfterItsReasonToStopHasSaidAll() {
    PageReply reply =
        streamed(
                "nervous",
                r ->
                    OpenAiScripts.tokens(r.sse(), 2, Duration.ZERO)
                        .event(OpenAiScripts.finish("length"))
                        .stall())
            .isDone("t0 t1 ");
    assertThat(reply.terminal().getString("finish_reason")).isEqualTo("length");
    assertHungUp();
  }

  @Test
  void anAnthropicAnswerIsNotWholeBeforeItsLastWord() {
    streamed(
            "nervous-anthropic",
            r ->
                AnthropicScripts.tokens(AnthropicScripts.start(r), 2, Duration.ZERO)
                    .event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                    .stall())
        .brokeOff("t0 t1 ", "upstream_stalled");
    assertHungUp();
  }

  @Test
  void anAnswerThatNeverEndsRunsOutOfTime() {
    upstream.answer(OpenAiScripts.endless(BEAT));
    PageReply reply = PageReply.streamed(gateway, "short");
    reply.brokeOff(reply.text(), "upstream_total_timeout");
    assertThat(reply.text()).startsWith("t0 t1 ");
    assertThat(reply.message()).contains("700 ms");
    assertHungUp();
  }

  @Test
  void anAnswerThatIsWantedWholeRunsOutOfTime() {
    upstream.answer(Reply::stall);
    PageReply.whole(gateway, "short").isRefused(504, "upstream_total_timeout");
    assertHungUp();
    upstream.answer(
        r -> r.head(200, "content-type: application/json").chunk("{\"choices\":").stall());
    PageReply.whole(gateway, "short").isRefused(504, "upstream_total_timeout");
    assertHungUp();
  }

  @Test
  void anErrorThatIsNotToldToItsEndRunsOutOfTime() {
    streamed("hasty", r -> r.head(500, "content-type: application/json").chunk("{").stall())
        .isRefused(504, "upstream_first_token_timeout");
    assertHungUp();
  }
}
