package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.chat.ChatEvent;
import dev.sluice.wire.UpstreamWire.AnswerReader;
import dev.sluice.wire.sse.SseOverflowException;
import dev.sluice.wire.sse.SseParser;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads a streamed answer: server-sent events that each hold a chunk, and then {@code [DONE]}. */
final class OpenAiAnswerReader implements AnswerReader {
  /** Beyond so many events that are no JSON, the stream is given up. */
  private static final int MOST_BAD_EVENTS = 3;

  private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);

  private final SseParser parser = new SseParser();
  private final ChunkParser chunks = new ChunkParser();
  private final ChunkTranslator translator = new ChunkTranslator();
  private int badEvents;
  private boolean closed;

  @Override
  public void read(byte[] bytes, int offset, int length, Consumer<ChatEvent> out) {
    if (isOver()) {
      return;
    }
    try {
      parser.feed(bytes, offset, length, (name, data, size) -> event(name, data, size, out));
    } catch (SseOverflowException e) {
      translator.fail(OpenAiErrors.protocol(), out);
    }
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    if (!isOver()) {
      translator.end(out);
    }
  }

  private boolean isOver() {
    return closed || translator.ended();
  }

  private void event(String name, byte[] data, int length, Consumer<ChatEvent> out) {
    if (isOver()) {
      return;
    }
    if (name.equals("error")) {
      VendorError error = VendorError.read(data, length);
      translator.fail(
          OpenAiErrors.failure(Objects.requireNonNullElse(error, VendorError.NONE)), out);
    } else if (chunks.read(data, length)) {
      translator.chunk(chunks.chunk(), out);
    } else {
      notJson(data, length, out);
    }
  }

  private void notJson(byte[] data, int length, Consumer<ChatEvent> out) {
    int from = 0;
    int to = length;
    while (from < to && isBlank(data[from])) {
      from++;
    }
    while (from < to && isBlank(data[to - 1])) {
      to--;
    }
    if (Arrays.equals(data, from, to, DONE, 0, DONE.length)) {
      closed = true;
      translator.done(out);
    } else if (from < to && ++badEvents > MOST_BAD_EVENTS) {
      translator.fail(OpenAiErrors.protocol(), out);
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
