package dev.sluice.wire.anthropic;

import dev.sluice.chat.ChatEvent;
import dev.sluice.wire.UpstreamWire.AnswerReader;
import dev.sluice.wire.sse.SseOverflowException;
import dev.sluice.wire.sse.SseParser;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Reads a streamed answer: server-sent events from {@code message_start} to {@code message_stop}.
 */
final class AnthropicAnswerReader implements AnswerReader {
  /** Beyond so many events that are no JSON, the stream is given up. */
  private static final int MOST_BAD_EVENTS = 3;

  private final SseParser parser = new SseParser();
  private final MessageTranslator translator = new MessageTranslator(this::emit);
  private Consumer<ChatEvent> out = event -> {};
  private int badEvents;

  @Override
  public void read(byte[] bytes, int offset, int length, Consumer<ChatEvent> out) {
    if (translator.ended()) {
      return;
    }
    this.out = out;
    try {
      parser.feed(bytes, offset, length, this::event);
    } catch (SseOverflowException e) {
      translator.fail(AnthropicErrors.protocol());
    }
  }

  /** Nothing is left to say: only {@code message_stop} makes an answer whole. */
  @Override
  public void end(Consumer<ChatEvent> out) {}

  private void emit(ChatEvent event) {
    out.accept(event);
  }

  private void event(String name, byte[] data, int length) {
    if (translator.ended()) {
      return;
    }
    MessageEvent event = AnthropicJson.read(data, length, MessageEvent::read);
    if (event != null) {
      translator.event(Objects.requireNonNullElse(event.type, name), event);
    } else if (++badEvents > MOST_BAD_EVENTS) {
      translator.fail(AnthropicErrors.protocol());
    }
  }
}
