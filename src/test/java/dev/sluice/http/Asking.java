package dev.sluice.http;

import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.ResponseHead;
import dev.sluice.upstream.SseEvent;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** How the tests of this package ask a gateway, and what they make of its answers. */
final class Asking {
  static final String STREAM = "/api/chat/stream";
  static final String WHOLE = "/api/chat";

  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private Asking() {}

  /** A header line by which a trusted proxy names a client that no other request came from. */
  static String fromNewAddress() {
    int n = ADDRESSES.incrementAndGet();
    return "x-forwarded-for: 198.18." + (n >> 8) + "." + (n & 0xff);
  }

  /** Settings of a gateway that has this one upstream, and these of {@code http}. */
  static String settings(String upstreamUrl, String http) {
    return """
        http: {port: 0%s}
        providers:
          fake:
            kind: openai-compatible
            base_url: %s/v1
            api_key: a-key
            models: [m]
        """
        .formatted(http.isEmpty() ? "" : ", " + http, upstreamUrl);
  }

  static String question(String model) {
    return new JsonObject().put("message", "hello").put("model", model).encode();
  }

  /** A question to the demo model, which counts from 0 on. */
  static String count(int tokens, int tokensPerSecond) {
    return question(
        "demo-count?first_token_ms=0&jitter=0&tokens="
            + tokens
            + "&tokens_per_second="
            + tokensPerSecond);
  }

  /** A whole exchange on a connection of its own. */
  static Answer post(int port, String path, String json, String... lines) throws IOException {
    try (var client = RawClient.connect(port)) {
      return answer(client.post(path, json, lines));
    }
  }

  /** A whole exchange on a connection of its own. */
  static Answer get(int port, String path, String... lines) throws IOException {
    try (var client = RawClient.connect(port)) {
      return answer(client.get(path, lines));
    }
  }

  /** The next answer on this connection. */
  static Answer answer(RawClient client) throws IOException {
    var head = client.readHead();
    // RFC 9110, section 15.3.5: there is no content, whatever the headers say.
    return new Answer(head, head.status() == 204 ? "" : client.readBody().text());
  }

  /** A whole answer. */
  record Answer(ResponseHead head, String body) {
    int status() {
      return head.status();
    }

    JsonObject json() {
      return new JsonObject(body);
    }
  }

  static JsonObject json(SseEvent event) {
    return new JsonObject(event.data());
  }

  /** The text that the chunks among these events add up to. */
  static String text(List<SseEvent> events) {
    return events.stream()
        .map(Asking::json)
        .filter(event -> event.getString("type").equals("chunk"))
        .map(event -> event.getString("content"))
        .collect(Collectors.joining());
  }

  /** The type of the last event: {@code done}, {@code error}, or {@code chunk} if it was cut. */
  static String end(List<SseEvent> events) {
    return events.isEmpty() ? "nothing" : json(events.get(events.size() - 1)).getString("type");
  }

  /** The text of {@link #count}. */
  static String numbers(int tokens) {
    var text = new StringBuilder();
    for (int n = 0; n < tokens; n++) {
      text.append(n).append(' ');
    }
    return text.toString();
  }
}
