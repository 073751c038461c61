package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.AnthropicScripts;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upstreams that say no: told on in words of our own, by the status that is right for a client. */
class RefusingUpstreamTest {
  private static final String SECRET = "sk-live-1234 of org-42";
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

  private static PageReply streamed(String provider, Consumer<Reply> script) {
    upstream.answer(script);
    PageReply reply = PageReply.streamed(gateway, provider);
    assertThat(reply.raw()).doesNotContain(SECRET);
    return reply;
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, 400, upstream_rejected",
    "401, authentication_error, 502, upstream_auth",
    "402, billing, 429, upstream_quota_exhausted",
    "403, permission_error, 502, upstream_auth",
    "404, not_found_error, 404, unknown_model",
    "413, request_too_large, 413, body_too_large",
    "422, invalid_request_error, 400, upstream_rejected",
    "429, rate_limit_error, 429, upstream_rate_limited",
    "429, insufficient_quota, 429, upstream_quota_exhausted",
    "500, api_error, 502, upstream_error",
    "502, bad_gateway, 502, upstream_error",
    "503, overloaded, 503, upstream_overloaded",
    "504, timeout, 502, upstream_error",
    "418, teapot, 502, upstream_error",
  })
  void anOpenAiRefusalHasItsOwnStatusAndWords(int status, String type, int expected, String code) {
    streamed("up", OpenAiScripts.error(status, type, SECRET)).isRefused(expected, code);
    upstream.answer(OpenAiScripts.error(status, type, SECRET));
    PageReply.whole(gateway, "up").isRefused(expected, code);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, 400, upstream_rejected",
    "401, authentication_error, 502, upstream_auth",
    "402, billing_error, 429, upstream_quota_exhausted",
    "403, permission_error, 502, upstream_auth",
    "404, not_found_error, 404, unknown_model",
    "413, request_too_large, 413, body_too_large",
    "429, rate_limit_error, 429, upstream_rate_limited",
    "500, api_error, 502, upstream_error",
    "529, overloaded_error, 503, upstream_overloaded",
  })
  void anAnthropicRefusalHasItsOwnStatusAndWords(
      int status, String type, int expected, String code) {
    streamed("anthropic", AnthropicScripts.error(status, type, SECRET)).isRefused(expected, code);
    upstream.answer(AnthropicScripts.error(status, type, SECRET));
    PageReply.whole(gateway, "anthropic").isRefused(expected, code);
  }

  @Test
  void aRefusalMayHaveAnyBodyOrNone() {
    streamed("up", reply -> reply.whole(500, "text/html", "<html>" + SECRET + "</html>"))
        .isRefused(502, "upstream_error");
    streamed("up", reply -> reply.json(503, "")).isRefused(503, "upstream_overloaded");
    streamed("up", reply -> reply.head(401, "content-length: 0").end())
        .isRefused(502, "upstream_auth");
    streamed("up", reply -> reply.json(400, "{\"error\":\"" + SECRET + "\"}"))
        .isRefused(400, "upstream_rejected");
    streamed("up", reply -> reply.json(429, "[[[[")).isRefused(429, "upstream_rate_limited");
  }

  @Test
  void aConversationThatIsTooLongIsCalledSo() {
    streamed(
            "up",
            OpenAiScripts.error(
                400, "invalid_request_error", "This model's maximum context length is 8192 tokens"))
        .isRefused(400, "context_length_exceeded");
    streamed(
            "anthropic",
            AnthropicScripts.error(400, "invalid_request_error", "prompt is too long: 9 tokens"))
        .isRefused(400, "context_length_exceeded");
  }

  private static PageReply limited(String retryAfter) {
    PageReply reply =
        streamed("up", OpenAiScripts.error(429, "rate_limit", "", "retry-after: " + retryAfter));
    return reply.isRefused(429, "upstream_rate_limited");
  }

  @Test
  void howLongToWaitIsToldOn() {
    PageReply seconds = limited("17");
    assertThat(seconds.head().header("retry-after")).isEqualTo("17");
    assertThat(seconds.json().getInteger("retry_after")).isEqualTo(17);

    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(100));
    assertThat(Integer.parseInt(String.valueOf(limited(date).head().header("retry-after"))))
        .isBetween(50, 100);

    assertThat(limited("999999999").head().header("retry-after")).isEqualTo("3600");
    assertThat(limited("soon").head().headers()).doesNotContainKey("retry-after");
    assertThat(limited("-5").head().headers()).doesNotContainKey("retry-after");
  }

  @Test
  void anErrorWithinAStreamIsAStatusBeforeTheFirstContent() {
    streamed(
            "up",
            reply ->
                reply
                    .sse()
                    .event(OpenAiScripts.role())
                    .event("{\"error\":{\"message\":\"" + SECRET + "\",\"type\":\"rate_limit\"}}")
                    .end())
        .isRefused(429, "upstream_rate_limited");
    streamed(
            "anthropic",
            reply ->
                AnthropicScripts.errorEvent(
                        AnthropicScripts.start(reply), "overloaded_error", SECRET)
                    .end())
        .isRefused(503, "upstream_overloaded");
  }

  @Test
  void anErrorWithinAStreamIsAnEventAfterTheFirstContent() {
    streamed(
            "up",
            reply ->
                OpenAiScripts.tokens(reply.sse(), 2, Duration.ZERO)
                    .event("{\"error\":{\"message\":\"" + SECRET + "\",\"type\":\"rate_limit\"}}")
                    .event(OpenAiScripts.DONE)
                    .end())
        .brokeOff("t0 t1 ", "upstream_rate_limited");
    streamed(
            "anthropic",
            reply ->
                AnthropicScripts.errorEvent(
                        AnthropicScripts.tokens(AnthropicScripts.start(reply), 2, Duration.ZERO),
                        "overloaded_error",
                        SECRET)
                    .end())
        .brokeOff("t0 t1 ", "upstream_overloaded");
  }
}
