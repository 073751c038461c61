package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OriginalClientTest {
  private static OneUpstream relay;

  @BeforeAll
  static void start() throws Exception {
    relay = OneUpstream.start("");
  }

  @AfterAll
  static void stop() throws Exception {
    relay.close();
  }

  /** What the first page did: reads lines, takes those of data, and looks at their type. */
  private static final class OriginalClient {
    private final StringBuilder text = new StringBuilder();
    private final List<String> models = new ArrayList<>();
    private JsonObject done = new JsonObject();
    private JsonObject error = new JsonObject();
    private int ends;

    private static HttpRequest request(String path, JsonObject body) {
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + path))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
          .build();
    }

    private HttpResponse<Stream<String>> chat(JsonObject body)
        throws IOException, InterruptedException {
      var response =
          HttpClient.newHttpClient().send(request(Asking.STREAM, body), BodyHandlers.ofLines());
      try (var lines = response.body()) {
        lines.filter(line -> line.startsWith("data: ")).forEach(line -> take(line.substring(6)));
      }
      return response;
    }

    private void take(String data) {
      var event = new JsonObject(data);
      switch (event.getString("type")) {
        case "chunk" -> {
          text.append(event.getString("content"));
          models.add(event.getString("model"));
        }
        case "done" -> {
          done = event;
          ends++;
        }
        case "error" -> {
          error = event;
          ends++;
        }
        default -> throw new AssertionError("an unknown type: " + data);
      }
    }
  }

  private static JsonObject question() {
    return new JsonObject()
        .put("message", "hello")
        .put("provider", "fake")
        .put("model", "m")
        .put("history", List.of(new JsonObject().put("role", "user").put("content", "before")));
  }

  @Test
  void readsAStreamToItsEnd() throws Exception {
    relay.upstream().answer(OpenAiScripts.stream(20));
    var client = new OriginalClient();
    var response = client.chat(question());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    assertThat(response.headers().firstValue("cache-control"))
        .hasValueSatisfying(control -> assertThat(control).contains("no-cache", "no-transform"));
    assertThat(response.headers().firstValue("x-accel-buffering")).hasValue("no");
    assertThat(response.headers().firstValue("x-request-id")).isPresent();
    assertThat(client.text).hasToString(OpenAiScripts.text(20));
    assertThat(client.models).isNotEmpty().containsOnly("m");
    assertThat(client.ends).isEqualTo(1);
    assertThat(client.done.getString("model")).isEqualTo("m");
    var usage = client.done.getJsonObject("usage");
    assertThat(usage.getInteger("prompt_tokens")).isEqualTo(9);
    assertThat(usage.getInteger("completion_tokens")).isEqualTo(20);
    assertThat(usage.getInteger("total_tokens")).isEqualTo(29);
    assertThat(usage.getInteger("input_tokens")).isEqualTo(9);
    assertThat(usage.getInteger("output_tokens")).isEqualTo(20);
  }

  @Test
  void readsAFailureInMidStream() throws Exception {
    relay
        .upstream()
        .answer(reply -> OpenAiScripts.tokens(reply.sse(), 5, Duration.ofMillis(1)).cut());
    var client = new OriginalClient();
    var response = client.chat(question());
    assertThat(client.text).hasToString(OpenAiScripts.text(5));
    assertThat(client.ends).isEqualTo(1);
    assertThat(client.error.getString("error")).endsWith(".");
    assertThat(client.error.getString("code")).startsWith("upstream_");
    assertThat(response.headers().firstValue("x-request-id"))
        .hasValue(client.error.getString("request_id"));
  }

  @Test
  void readsAWholeAnswer() throws Exception {
    relay.upstream().answer(OpenAiScripts.answer(3));
    var response =
        HttpClient.newHttpClient()
            .send(OriginalClient.request(Asking.WHOLE, question()), BodyHandlers.ofString());
    var answer = new JsonObject(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answer.getString("message")).isEqualTo("t0 t1 t2 ");
    assertThat(answer.getString("model")).isEqualTo("m");
    assertThat(answer.getJsonObject("usage").getInteger("total_tokens")).isEqualTo(12);
  }

  @Test
  void readsARefusal() throws Exception {
    for (String path : new String[] {Asking.STREAM, Asking.WHOLE}) {
      var response =
          HttpClient.newHttpClient()
              .send(OriginalClient.request(path, new JsonObject()), BodyHandlers.ofString());
      var refusal = new JsonObject(response.body());
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(refusal.getString("error")).isEqualTo("Invalid input");
      assertThat(refusal.getString("message")).isEqualTo("message is required.");
      assertThat(refusal.getString("code")).isEqualTo("invalid_request");
      assertThat(response.headers().firstValue("x-request-id"))
          .hasValue(refusal.getString("request_id"));
    }
  }

  @Test
  void theIdsOfAStreamRiseWithoutGaps() throws Exception {
    relay.upstream().answer(OpenAiScripts.stream(30, Duration.ofMillis(2)));
    try (var client = relay.connect()) {
      client.post(Asking.STREAM, Asking.question("m"));
      String stream = client.readHead().header("x-request-id");
      var events = client.events().rest();
      for (int n = 0; n < events.size(); n++) {
        assertThat(events.get(n).id()).isEqualTo(stream + "-" + n);
        assertThat(events.get(n).name()).isEqualTo("message");
      }
      assertThat(events).hasSizeGreaterThan(10);
    }
  }

  static Stream<String> texts() {
    return Stream.of(
        "\"quoted\" \\back\\ /slash/",
        "line\nline\r\nline\rline\n\nend",
        "\u2028\u2029\u0085",
        "\0\u0001\u001b[31m\u007f",
        "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\u202egnp\u202c \ufeff \ufffd \u00e9e\u0301",
        "a\n\nevent: error\ndata: {\"type\":\"error\",\"error\":\"x\"}\n\n",
        "\ndata: [DONE]\n\n",
        "<script>alert(1)</script><!-- ]]>");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textArrivesAsTextWhateverItHolds(String text) throws Exception {
    String escaped = new JsonObject().put("c", text).encode();
    String inside = escaped.substring("{\"c\":\"".length(), escaped.length() - 2);
    relay
        .upstream()
        .answer(
            reply ->
                reply
                    .sse()
                    .event(OpenAiScripts.content(inside))
                    .event(OpenAiScripts.content(inside))
                    .event(OpenAiScripts.finish("stop"))
                    .event(OpenAiScripts.DONE)
                    .end());
    var client = new OriginalClient();
    client.chat(question());
    assertThat(client.text).hasToString(text + text);
    assertThat(client.ends).isEqualTo(1);
    assertThat(client.done.isEmpty()).isFalse();
  }

  @Test
  void theUpstreamIsAskedWhatTheClientSaid() throws Exception {
    relay.upstream().answer(OpenAiScripts.stream(1));
    drainRequests(relay.upstream());
    String said = "\"\n\u2028\ud83d\ude00\0\\ \u00e4";
    new OriginalClient().chat(question().put("message", said));
    var asked = new JsonObject(relay.upstream().takeRequest().bodyText());
    var messages = asked.getJsonArray("messages");
    assertThat(messages.getJsonObject(0).getString("content")).isEqualTo("before");
    assertThat(messages.getJsonObject(messages.size() - 1).getString("content")).isEqualTo(said);
    assertThat(asked.getBoolean("stream")).isTrue();
  }

  private static void drainRequests(FakeUpstream upstream) {
    while (upstream.waitingRequests() > 0) {
      upstream.takeRequest();
    }
  }
}
