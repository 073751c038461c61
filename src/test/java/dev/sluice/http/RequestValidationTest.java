package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.http.Asking.Answer;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValidationTest {
  private static final String CANARY = "zq7canary";

  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        TestGateway.start(
            """
            http: {port: 0}
            demo: {first_token: 0s, tokens: 3, tokens_per_second: 1000}
            chat: {default_provider: demo}
            providers:
              fake:
                kind: openai-compatible
                base_url: http://127.0.0.1:%d/v1
                api_key: a-key
                models: [m]
            """
                .formatted(FakeUpstream.closedPort()));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static Answer send(String path, byte[] body) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send(
          "POST %s HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
              .formatted(path, body.length));
      return Asking.answer(client.send(body));
    }
  }

  private static void refused(byte[] body, int status, String code, String field)
      throws IOException {
    for (String path : new String[] {Asking.WHOLE, Asking.STREAM}) {
      var answer = send(path, body);
      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      assertThat(answer.json().getString("code")).isEqualTo(code);
      assertThat(answer.json().getString("field")).isEqualTo(field);
      assertThat(answer.json().getString("message")).endsWith(".").doesNotContain(CANARY);
      assertThat(answer.json().getString("error")).isNotBlank();
      assertThat(answer.json().getString("request_id"))
          .isEqualTo(answer.head().header("x-request-id"));
      assertThat(answer.head().header("content-type")).startsWith("application/json");
    }
  }

  private static String turns(int count, String content) {
    var turns = new JsonArray();
    for (int i = 0; i < count; i++) {
      turns.add(new JsonObject().put("role", "user").put("content", content));
    }
    return with("history", turns.encode());
  }

  /** A question with one more member. */
  private static String with(String member, String json) {
    return "{\"message\":\"hello\",\"%s\":%s}".formatted(member, json);
  }

  private static String message(String text) {
    return new JsonObject().put("message", text).encode();
  }

  private static Arguments invalid(String body, String field) {
    return Arguments.of(body, 400, "invalid_request", field);
  }

  static Stream<Arguments> refusedRequests() {
    return Stream.of(
        invalid("{}", "message"),
        invalid("{\"message\":null}", "message"),
        invalid(message(""), "message"),
        invalid(message(" \n\t\u2003 "), "message"),
        invalid("{\"message\":7}", "message"),
        invalid("{\"message\":[\"" + CANARY + "\"]}", "message"),
        invalid("{\"message\":{\"" + CANARY + "\":1}}", "message"),
        Arguments.of(message("x".repeat(5_001)), 400, "message_too_long", "message"),
        invalid(with("history", "7"), "history"),
        invalid(with("history", "\"" + CANARY + "\""), "history"),
        invalid(with("history", "{}"), "history"),
        Arguments.of(turns(51, "x"), 400, "history_too_long", "history"),
        invalid(with("history", "[null]"), "history[0]"),
        invalid(with("history", "[\"" + CANARY + "\"]"), "history[0]"),
        invalid(with("history", "[[]]"), "history[0]"),
        invalid(with("history", "[{\"role\":\"user\"}]"), "history[0].content"),
        invalid(with("history", "[{\"role\":\"user\",\"content\":7}]"), "history[0].content"),
        invalid(with("history", "[{\"content\":\"x\"}]"), "history[0].role"),
        invalid(with("history", "[{\"role\":\"tool\",\"content\":\"x\"}]"), "history[0].role"),
        invalid(with("history", "[{\"role\":\"User\",\"content\":\"x\"}]"), "history[0].role"),
        invalid(with("history", "[{\"role\":7,\"content\":\"x\"}]"), "history[0].role"),
        invalid(
            with(
                "history",
                "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\""
                    + CANARY
                    + "\",\"content\":\"x\"}]"),
            "history[1].role"),
        Arguments.of(turns(1, "x".repeat(50_001)), 400, "history_too_long", "history[0].content"),
        invalid(with("provider", "7"), "provider"),
        invalid(with("provider", "[]"), "provider"),
        invalid(with("provider", "\"" + "x".repeat(101) + "\""), "provider"),
        Arguments.of(with("provider", "\"" + CANARY + "\""), 400, "unknown_provider", "provider"),
        invalid(with("model", "false"), "model"),
        invalid(with("model", "\"" + "x".repeat(101) + "\""), "model"),
        Arguments.of(
            "{\"message\":\"x\",\"provider\":\"fake\",\"model\":\"" + CANARY + "\"}",
            404,
            "unknown_model",
            "model"),
        Arguments.of(
            with("model", "\"demo?tokens=" + CANARY + "\""), 404, "unknown_model", "model"),
        Arguments.of(with("provider", "\"openai\""), 503, "missing_key", null),
        Arguments.of(with("provider", "\"claude\""), 503, "missing_key", null),
        Arguments.of(with("provider", "\"anthropic\""), 503, "missing_key", null));
  }

  @ParameterizedTest
  @MethodSource("refusedRequests")
  void aQuestionThatBreaksARuleIsToldWhich(String body, int status, String code, String field)
      throws IOException {
    refused(body.getBytes(StandardCharsets.UTF_8), status, code, field);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Stream<byte[]> notJson() {
    String question = message("hello");
    return Stream.of(
        new byte[0],
        latin(" \n"),
        latin("{"),
        latin("{\"message\":\"" + CANARY),
        latin("{'message':'hello'}"),
        latin("{\"message\":\"hello\",}"),
        latin("{message:\"hello\"}"),
        latin("{\"message\":\"a\nb\"}"),
        latin("{\"message\":\"\\x41\"}"),
        latin("[" + question + "]"),
        latin("\"" + CANARY + "\""),
        latin("null"),
        latin(question + question),
        latin(question + " x"),
        latin("{\"message\":\"a\",\"message\":\"b\"}"),
        latin("{\"message\":\"a\",\"m\\u0065ssage\":\"b\"}"),
        latin(with("x", "{\"a\":1,\"a\":1}")),
        latin(with("x", "[".repeat(33) + "]".repeat(33))),
        latin("[".repeat(100_000)),
        latin("{\"a\":".repeat(100_000)),
        latin(with("x", "9".repeat(2_000))),
        latin(with("x", "NaN")),
        latin(with("x", "-Infinity")),
        latin(with("x", "0123")),
        latin("/* " + CANARY + " */" + question),
        ("\uFEFF" + question).getBytes(StandardCharsets.UTF_8),
        question.getBytes(StandardCharsets.UTF_16),
        question.getBytes(StandardCharsets.UTF_16LE),
        latin("{\"message\":\"\u00c0\u00af\"}"),
        latin("{\"message\":\"\u00ed\u00a0\u0080\"}"),
        latin("{\"message\":\"\u00ff\"}"),
        latin("{\"message\":\"\u00f0\u009f\u0098\"}"));
  }

  @ParameterizedTest
  @MethodSource("notJson")
  void whatIsNotStrictlyJsonIsRefused(byte[] body) throws IOException {
    refused(body, 400, "invalid_json", null);
  }

  @Test
  void whatNoOtherParserWouldReadAlikeIsRefusedByItsPlace() throws IOException {
    refused(latin(with("x", "1e999999999")), 400, "invalid_json", "x");
    refused(latin(with("x", "[0,{\"y\":-1e999}]")), 400, "invalid_json", "x[1].y");
    refused(latin("{\"message\":\"a\\ud83d\"}"), 400, "invalid_json", "message");
    refused(latin("{\"message\":\"\\ude00\\ud83d\"}"), 400, "invalid_json", "message");
  }

  static Stream<String> takenRequests() {
    return Stream.of(
        message("x"),
        message("x".repeat(5_000)),
        message(" ".repeat(100) + "x".repeat(5_000) + "\n"),
        message("\0\u2028\u202e\ud83d\ude00\"\\"),
        with("provider", "null"),
        with("provider", "\"demo\""),
        with("provider", "\"\""),
        with("model", "null"),
        with("model", "\"demo\""),
        with("history", "null"),
        with("history", "[]"),
        with("history", "[{\"role\":\"system\",\"content\":\"\",\"id\":7}]"),
        turns(50, "x"),
        turns(1, "x".repeat(50_000)),
        with("stop", "{\"any\":[1,2.5e3,true,null]}"),
        with("temperature", "0.5"),
        with("temperature", "null"),
        with("max_tokens", "3"),
        with("attachments", "[{\"type\":\"text\",\"name\":\"a.txt\",\"text\":\"b\"}]"),
        with("x", "[".repeat(31) + "]".repeat(31)));
  }

  @ParameterizedTest
  @MethodSource("takenRequests")
  void whatBreaksNoRuleIsAnswered(String body) throws IOException {
    var whole = send(Asking.WHOLE, body.getBytes(StandardCharsets.UTF_8));
    assertThat(whole.status()).as(whole.body()).isEqualTo(200);
    assertThat(whole.json().getString("message")).isNotEmpty();
    var streamed = send(Asking.STREAM, body.getBytes(StandardCharsets.UTF_8));
    assertThat(streamed.body()).contains("\"type\":\"done\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "claude", "gemini", "fake", "demo"})
  void everyProviderIsListedUnderItsNameForClients(String name) throws IOException {
    assertThat(Asking.get(gateway.port(), "/api/models").json().fieldNames()).contains(name);
    assertThat(
            Asking.get(gateway.port(), "/api/health").json().getJsonObject("services").fieldNames())
        .contains(name);
  }
}
