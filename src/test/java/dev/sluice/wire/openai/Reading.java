package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatEvent.ReasoningDelta;
import dev.sluice.chat.ChatEvent.TextDelta;
import dev.sluice.chat.ChatEvent.ToolCallDelta;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UpstreamWire.AnswerReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways to have a stream read. */
final class Reading {
  private Reading() {}

  /** The events of a stream that comes in one piece, and of its end. */
  static List<ChatEvent> stream(String stream) {
    return stream(stream.getBytes(UTF_8), new int[0]);
  }

  /** The same for events without their framing. */
  static List<ChatEvent> chunks(String... chunks) {
    StringBuilder stream = new StringBuilder();
    for (String chunk : chunks) {
      stream.append("data: ").append(chunk).append("\n\n");
    }
    return stream(stream.toString());
  }

  /** The events of a stream that is cut at {@code cuts}, which rise. */
  static List<ChatEvent> stream(byte[] bytes, int[] cuts) {
    List<ChatEvent> events = new ArrayList<>();
    AnswerReader reader = new OpenAiWire().answerReader(Dialect.STANDARD);
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : bytes.length;
      byte[] piece = Arrays.copyOfRange(bytes, from, to);
      reader.read(piece, 0, piece.length, events::add);
      from = to;
    }
    reader.end(events::add);
    return events;
  }

  /** The events with neighbours of one kind joined. */
  static List<ChatEvent> joined(List<ChatEvent> events) {
    List<ChatEvent> joined = new ArrayList<>();
    for (ChatEvent event : events) {
      ChatEvent last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last instanceof TextDelta head && event instanceof TextDelta tail) {
        joined.set(joined.size() - 1, new TextDelta(head.text() + tail.text()));
      } else if (last instanceof ReasoningDelta head && event instanceof ReasoningDelta tail) {
        joined.set(joined.size() - 1, new ReasoningDelta(head.text() + tail.text(), null));
      } else if (last instanceof ToolCallDelta head
          && event instanceof ToolCallDelta tail
          && head.index() == tail.index()
          && tail.id() == null
          && tail.name() == null) {
        joined.set(
            joined.size() - 1,
            new ToolCallDelta(
                head.index(), head.id(), head.name(), head.arguments() + tail.arguments()));
      } else {
        joined.add(event);
      }
    }
    return joined;
  }
}
