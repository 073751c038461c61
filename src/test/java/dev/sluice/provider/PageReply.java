package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.ResponseHead;
import dev.sluice.upstream.SseEvent;
import dev.sluice.upstream.SseReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer as a client of the page's API got it. None can be had that breaks the rules which hold
 * for all: before the first content a failure is a status with JSON; behind it, and at a success,
 * exactly one terminal event and then the regular end.
 *
 * @param raw the body as it came
 * @param json the body of an answer that does not stream, else empty
 * @param events of an answer that streams, else none
 */
record PageReply(ResponseHead head, String raw, JsonObject json, List<JsonObject> events) {
  /** The question of every chat here. */
  static final String QUESTION = "Where do rivers go?";

  /** Asks {@code POST /api/chat/stream}. */
  static PageReply streamed(TestGateway gateway, String provider) {
    return post(gateway, "/api/chat/stream", provider, QUESTION);
  }

  /** Asks {@code POST /api/chat}. */
  static PageReply whole(TestGateway gateway, String provider) {
    return post(gateway, "/api/chat", provider, QUESTION);
  }

  static PageReply post(TestGateway gateway, String path, String provider, String question) {
    String body = question(provider, question);
    try (var client = RawClient.connect(gateway.port())) {
      return read(client.post(path, body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String question(String provider, String question) {
    return JsonObject.of("message", question, "provider", provider, "model", "m").encode();
  }

  /** The answer that {@code client} waits for. */
  static PageReply read(RawClient client) throws IOException {
    ResponseHead head = client.readHead();
    var body = client.readBody();
    assertThat(body.complete()).as("the body ends as its framing says").isTrue();
    String type = String.valueOf(head.header("content-type"));
    if (type.startsWith("text/event-stream")) {
      assertThat(head.status()).isEqualTo(200);
      return streamed(head, body.text());
    }
    assertThat(type).startsWith("application/json");
    var reply = new PageReply(head, body.text(), new JsonObject(body.text()), List.of());
    if (head.status() != 200) {
      assertThat(reply.json.fieldNames()).contains("error", "message", "code", "request_id");
      assertThat(reply.json.getString("request_id")).isEqualTo(head.header("x-request-id"));
    }
    return reply;
  }

  private static PageReply streamed(ResponseHead head, String raw) {
    List<SseEvent> events = SseReader.parse(raw);
    assertThat(events).isNotEmpty();
    for (int n = 0; n < events.size(); n++) {
      assertThat(events.get(n).id()).isEqualTo(head.header("x-request-id") + "-" + n);
    }
    List<JsonObject> json = events.stream().map(event -> new JsonObject(event.data())).toList();
    assertThat(json.subList(0, json.size() - 1)).allMatch(event -> type(event).equals("chunk"));
    assertThat(type(json.get(json.size() - 1))).isIn("done", "error");
    return new PageReply(head, raw, new JsonObject(), json);
  }

  private static String type(JsonObject event) {
    return event.getString("type");
  }

  int status() {
    return head.status();
  }

  /** The last event of an answer that streams. */
  JsonObject terminal() {
    return events.get(events.size() - 1);
  }

  /** All text, thoughts aside. */
  String text() {
    return joined("content");
  }

  String thoughts() {
    return joined("reasoning");
  }

  private String joined(String member) {
    return events.stream()
        .filter(event -> type(event).equals("chunk"))
        .map(event -> event.getString(member, ""))
        .collect(Collectors.joining());
  }

  /** The sentence that says what went wrong. */
  String message() {
    return events.isEmpty() ? json.getString("message") : terminal().getString("error");
  }

  /** It was refused before its first content. */
  PageReply isRefused(int status, String code) {
    assertThat(raw).contains("\"code\":\"" + code + "\"");
    assertThat(status()).isEqualTo(status);
    return this;
  }

  /** It broke off behind this text. */
  PageReply brokeOff(String text, String code) {
    assertThat(status()).isEqualTo(200);
    assertThat(terminal().getString("code")).isEqualTo(code);
    assertThat(text()).isEqualTo(text);
    return this;
  }

  /** It streamed to its end. */
  PageReply isDone(String text) {
    assertThat(status()).as(raw).isEqualTo(200);
    assertThat(type(terminal())).as(raw).isEqualTo("done");
    assertThat(text()).isEqualTo(text);
    return this;
  }
}
