package dev.sluice.wire.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.chat.ChatEvent;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UpstreamWire.AnswerReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Streams as the vendor sends them, and how they are read. */
final class Streams {
  static final String PING = event("ping", "{\"type\":\"ping\"}");
  static final String STOP = event("message_stop", "{\"type\":\"message_stop\"}");

  private Streams() {}

  static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  static String start() {
    return event(
        "message_start",
        """
        {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
        "model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{\
        "input_tokens":10,"cache_creation_input_tokens":5,"cache_read_input_tokens":100,\
        "output_tokens":1}}}""");
  }

  static String block(int index, String block) {
    return event(
        "content_block_start",
        "{\"type\":\"content_block_start\",\"index\":"
            + index
            + ",\"content_block\":"
            + block
            + "}");
  }

  static String delta(int index, String delta) {
    return event(
        "content_block_delta",
        "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}");
  }

  static String text(int index, String text) {
    return delta(index, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
  }

  static String json(int index, String escaped) {
    return delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + escaped + "\"}");
  }

  static String stopBlock(int index) {
    return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":" + index + "}");
  }

  static String textBlock(int index, String... texts) {
    StringBuilder events =
        new StringBuilder(block(index, "{\"type\":\"text\",\"text\":\"\",\"citations\":null}"));
    for (String text : texts) {
      events.append(text(index, text));
    }
    return events.append(stopBlock(index)).toString();
  }

  static String finish(String stopReason, String usage) {
    return event(
        "message_delta",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
            + stopReason
            + "\",\"stop_sequence\":null},\"usage\":"
            + usage
            + "}");
  }

  /** One of each kind that an answer can be. */
  static Map<String, String> samples() {
    Map<String, String> samples = new LinkedHashMap<>();
    samples.put(
        "text",
        start()
            + textBlock(0, "Hel", "lo ", "wörld, 日本 😀")
            + finish("end_turn", "{\"output_tokens\":7}")
            + STOP);
    samples.put(
        "thinking",
        start()
            + block(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Let me \"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"see\"}")
            + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2Vh+bA==\"}")
            + stopBlock(0)
            + block(1, "{\"type\":\"redacted_thinking\",\"data\":\"secret\"}")
            + stopBlock(1)
            + textBlock(2, "4")
            + finish(
                "end_turn",
                "{\"output_tokens\":40,\"output_tokens_details\":{\"thinking_tokens\":30}}")
            + STOP);
    samples.put(
        "tools",
        start()
            + textBlock(0, "Looking.")
            + block(1, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"find\",\"input\":{}}")
            + json(1, "")
            + json(1, "{\\\"city\\\": \\\"Mün")
            + json(1, "chen \\\\u00fc 😀\\\"}")
            + stopBlock(1)
            + block(2, "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"now\",\"input\":{}}")
            + stopBlock(2)
            + finish("tool_use", "{\"output_tokens\":20}")
            + STOP);
    samples.put(
        "refusal",
        start()
            + textBlock(0, "I")
            + event(
                "message_delta",
                """
                {"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{\
                "type":"refusal","category":"x","explanation":"Not this."}},\
                "usage":{"output_tokens":2}}""")
            + STOP);
    samples.put(
        "error",
        start()
            + textBlock(0, "Half")
            + event(
                "error",
                """
                {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},\
                "request_id":"req_1"}""")
            + STOP);
    samples.put(
        "cut", start() + textBlock(0, "Half") + finish("end_turn", "{\"output_tokens\":1}"));
    return samples;
  }

  static List<ChatEvent> read(String stream) {
    return read(stream.getBytes(UTF_8));
  }

  static List<ChatEvent> read(byte[] stream) {
    return read(stream, List.of());
  }

  /** Reads {@code stream} in as many pieces as {@code cuts} make of it. */
  static List<ChatEvent> read(byte[] stream, List<Integer> cuts) {
    AnswerReader reader = new AnthropicWire().answerReader(Dialect.STANDARD);
    List<ChatEvent> events = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      reader.read(stream, from, cut - from, events::add);
      from = cut;
    }
    reader.read(stream, from, stream.length - from, events::add);
    reader.end(events::add);
    return events;
  }
}
