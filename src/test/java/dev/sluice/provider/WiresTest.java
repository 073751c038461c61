package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.AnthropicScripts;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RecordedRequest;
import dev.sluice.upstream.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes to the upstreams, and what of their answers arrives at the page. */
class WiresTest {
  private static final FakeUpstream upstream = FakeUpstream.start();
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        TestGateway.start(
            """
            http: {port: 0, instances: 1, drain: 0s}
            demo: {enabled: false}
            chat: {max_tokens: 77, temperature: 0.5}
            providers:
              openai: {base_url: 'URL/v1', api_key: sk-first}
              second: {kind: openai, base_url: 'URL/second', api_key: sk-second}
              azure: {base_url: 'URL/azure/v1', api_key: azure-key}
              keyless: {kind: openai-compatible, base_url: 'URL/keyless'}
              anthropic: {base_url: 'URL', api_key: sk-ant, headers: {x-team: rivers}}
              older:
                kind: anthropic
                base_url: 'URL/older'
                api_key: sk-older
                auth: bearer
                dialect: {version: '2023-06-01'}
            """
                .replace("URL", upstream.url()));
    Upstreams.awaitListed(upstream, 6);
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

  private static RecordedRequest asked(String provider, Consumer<Reply> script) {
    upstream.answer(script);
    PageReply.streamed(gateway, provider).isDone(OpenAiScripts.text(2));
    return Upstreams.takeChat(upstream);
  }

  private static JsonObject body(RecordedRequest request) {
    return new JsonObject(request.bodyText());
  }

  @Test
  void anOpenAiUpstreamSeesAnHonestRequest() {
    RecordedRequest request = asked("openai", OpenAiScripts.stream(2));
    assertThat(request.path()).isEqualTo("/v1/chat/completions");
    assertThat(request.header("authorization")).isEqualTo("Bearer sk-first");
    assertThat(request.header("accept-encoding")).isEqualTo("identity");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("content-length")).isEqualTo(Integer.toString(request.body().length));
    assertThat(request.headers()).doesNotContainKeys("x-api-key", "api-key", "user-agent");
    assertThat(body(request))
        .isEqualTo(
            new JsonObject()
                .put("model", "m")
                .put("messages", messages(PageReply.QUESTION))
                .put("max_completion_tokens", 77)
                .put("temperature", 0.5)
                .put("stream", true)
                .put("stream_options", JsonObject.of("include_usage", true)));
  }

  private static JsonArray messages(String content) {
    return JsonArray.of(JsonObject.of("role", "user", "content", content));
  }

  @Test
  void anAnthropicUpstreamSeesAnHonestRequest() {
    RecordedRequest request = asked("anthropic", AnthropicScripts.stream(2));
    assertThat(request.path()).isEqualTo("/v1/messages");
    assertThat(request.header("x-api-key")).isEqualTo("sk-ant");
    assertThat(request.header("anthropic-version")).isEqualTo("2026-10-21");
    assertThat(request.header("accept-encoding")).isEqualTo("identity");
    assertThat(request.header("x-team")).isEqualTo("rivers");
    assertThat(request.headers()).doesNotContainKeys("authorization", "api-key");
    assertThat(body(request).getString("model")).isEqualTo("m");
    assertThat(body(request).getInteger("max_tokens")).isEqualTo(77);
    assertThat(body(request).getBoolean("stream")).isTrue();
    assertThat(body(request).fieldNames()).doesNotContain("temperature", "stream_options");
    assertThat(body(request).getJsonArray("messages").getJsonObject(0).getString("role"))
        .isEqualTo("user");
    assertThat(request.bodyText()).contains(PageReply.QUESTION);
  }

  @Test
  void theOlderAnthropicVersionStillTakesATemperature() {
    RecordedRequest request = asked("older", AnthropicScripts.stream(2));
    assertThat(request.path()).isEqualTo("/older/v1/messages");
    assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(request.header("authorization")).isEqualTo("Bearer sk-older");
    assertThat(request.headers()).doesNotContainKey("x-api-key");
    assertThat(body(request).getDouble("temperature")).isEqualTo(0.5);
  }

  @Test
  void oneKindMayHaveSeveralProviders() {
    RecordedRequest second = asked("second", OpenAiScripts.stream(2));
    assertThat(second.path()).isEqualTo("/second/chat/completions");
    assertThat(second.header("authorization")).isEqualTo("Bearer sk-second");

    RecordedRequest azure = asked("azure", OpenAiScripts.stream(2));
    assertThat(azure.path()).isEqualTo("/azure/v1/chat/completions");
    assertThat(azure.header("api-key")).isEqualTo("azure-key");
    assertThat(azure.headers()).doesNotContainKey("authorization");

    RecordedRequest keyless = asked("keyless", OpenAiScripts.stream(2));
    assertThat(keyless.headers()).doesNotContainKeys("authorization", "x-api-key", "api-key");
    assertThat(body(keyless).getInteger("max_tokens")).isEqualTo(77);
  }

  @Test
  void claudeIsAnthropic() {
    assertThat(asked("claude", AnthropicScripts.stream(2)).header("x-api-key")).isEqualTo("sk-ant");
  }

  @Test
  void openAiTextUsageAndReasonArrive() {
    upstream.answer(OpenAiScripts.stream(3));
    PageReply reply = PageReply.streamed(gateway, "openai").isDone("t0 t1 t2 ");
    assertThat(reply.terminal().getString("model")).isEqualTo("m");
    assertThat(reply.terminal().getString("finish_reason")).isEqualTo("stop");
    assertUsage(reply.terminal(), 9, 3);
  }

  @Test
  void anthropicTextUsageAndReasonArrive() {
    upstream.answer(AnthropicScripts.stream(3));
    PageReply reply = PageReply.streamed(gateway, "anthropic").isDone("t0 t1 t2 ");
    assertThat(reply.terminal().getString("finish_reason")).isEqualTo("stop");
    assertUsage(reply.terminal(), 10, 3);
  }

  @Test
  void anOpenAiAnswerArrivesWhole() {
    upstream.answer(OpenAiScripts.answer(3));
    JsonObject reply = PageReply.whole(gateway, "openai").json();
    assertThat(reply.getString("message")).isEqualTo("t0 t1 t2 ");
    assertThat(reply.getString("finish_reason")).isEqualTo("stop");
    assertUsage(reply, 9, 3);
    JsonObject asked = body(Upstreams.takeChat(upstream));
    assertThat(asked.getBoolean("stream", false)).isFalse();
    assertThat(asked.fieldNames()).doesNotContain("stream_options");
  }

  @Test
  void anAnthropicAnswerArrivesWhole() {
    upstream.answer(AnthropicScripts.answer(3));
    JsonObject reply = PageReply.whole(gateway, "anthropic").json();
    assertThat(reply.getString("message")).isEqualTo("t0 t1 t2 ");
    assertThat(reply.getString("finish_reason")).isEqualTo("stop");
    assertUsage(reply, 10, 3);
    assertThat(body(Upstreams.takeChat(upstream)).getBoolean("stream", false)).isFalse();
  }

  private static void assertUsage(JsonObject reply, int input, int output) {
    JsonObject usage = reply.getJsonObject("usage");
    assertThat(usage.getInteger("prompt_tokens")).isEqualTo(input);
    assertThat(usage.getInteger("completion_tokens")).isEqualTo(output);
    assertThat(usage.getInteger("total_tokens")).isEqualTo(input + output);
    assertThat(usage.fieldNames()).doesNotContain("estimated");
  }

  @Test
  void whatAnOpenAiModelThinksAndRefusesArrives() {
    upstream.answer(
        reply ->
            reply
                .sse()
                .event(OpenAiScripts.role())
                .event(delta("reasoning_content", "Hm. "))
                .event(delta("refusal", "No."))
                .event(OpenAiScripts.finish("stop"))
                .event(OpenAiScripts.DONE)
                .end());
    assertThat(PageReply.streamed(gateway, "openai").isDone("No.").thoughts()).isEqualTo("Hm. ");
  }

  private static String delta(String member, String text) {
    return "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\""
        + member
        + "\":\""
        + text
        + "\"},\"finish_reason\":null}]}";
  }

  @Test
  void whatAnAnthropicModelThinksArrives() {
    upstream.answer(
        reply -> {
          AnthropicScripts.start(reply)
              .event(
                  "content_block_delta",
                  "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                      + "{\"type\":\"thinking_delta\",\"thinking\":\"Hm. \"}}");
          AnthropicScripts.finish(reply.event("content_block_delta", AnthropicScripts.token(0)), 1)
              .end();
        });
    assertThat(PageReply.streamed(gateway, "anthropic").isDone("t0 ").thoughts()).isEqualTo("Hm. ");
  }

  @Test
  void aStreamMayBeSplitAtEveryByte() {
    upstream.answer(reply -> reply.sse().chunksOf(1, OpenAiScripts.body(20)).end());
    PageReply.streamed(gateway, "openai").isDone(OpenAiScripts.text(20));

    upstream.answer(reply -> OpenAiScripts.stream(4).accept(reply.splitEverywhere()));
    PageReply.streamed(gateway, "openai").isDone(OpenAiScripts.text(4));

    upstream.answer(reply -> AnthropicScripts.stream(4).accept(reply.splitEverywhere()));
    PageReply.streamed(gateway, "anthropic").isDone(OpenAiScripts.text(4));
  }

  @Test
  void aLetterMayBeSplitWithinItself() {
    String text = "Flüsse 🌊 海";
    String body =
        "data: "
            + OpenAiScripts.content(text)
            + "\r\n\r\ndata: "
            + OpenAiScripts.finish("stop")
            + "\r\n\r\ndata: [DONE]\r\n\r\n";
    upstream.answer(reply -> reply.sse().chunksOf(1, body).end());
    PageReply.streamed(gateway, "openai").isDone(text);
  }
}
