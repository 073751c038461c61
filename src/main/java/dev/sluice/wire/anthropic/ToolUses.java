package dev.sluice.wire.anthropic;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatEvent.ToolCallDelta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one answer: found by the index of their content block, numbered from 0 among
 * themselves. Blocks of other kinds, such as the vendor's hosted tools, are not among them.
 */
final class ToolUses {
  /** OpenAI's own clients refuse an index of 128. */
  private static final int MOST = 128;

  private final Map<Integer, Call> open = new LinkedHashMap<>();
  private int count;

  private static final class Call {
    final int number;
    final @Nullable String input;
    boolean hasArguments;

    Call(int number, @Nullable String input) {
      this.number = number;
      this.input = input;
    }
  }

  boolean any() {
    return count > 0;
  }

  /** Whether more calls began than any client could take. */
  boolean tooMany() {
    return count > MOST;
  }

  void start(int block, ContentPiece piece, Consumer<ChatEvent> out) {
    Call call = new Call(count++, piece.input);
    open.put(block, call);
    String id = Objects.requireNonNullElseGet(piece.id, () -> "call_" + call.number);
    String name = Objects.requireNonNullElse(piece.name, "");
    out.accept(new ToolCallDelta(call.number, id, name, ""));
  }

  void arguments(int block, @Nullable String json, Consumer<ChatEvent> out) {
    Call call = open.get(block);
    if (call != null && json != null && !json.isEmpty()) {
      call.hasArguments = true;
      out.accept(new ToolCallDelta(call.number, null, null, json));
    }
  }

  /**
   * The block is over. A call without arguments streams none, and a whole answer has them in the
   * block itself: either way they are told here, so that they always are JSON.
   */
  void stop(int block, Consumer<ChatEvent> out) {
    Call call = open.remove(block);
    if (call != null && !call.hasArguments) {
      String input = Objects.requireNonNullElse(call.input, "{}");
      out.accept(new ToolCallDelta(call.number, null, null, input));
    }
  }

  /** For servers that forget to end their blocks. */
  void stopAll(Consumer<ChatEvent> out) {
    while (!open.isEmpty()) {
      stop(open.keySet().iterator().next(), out);
    }
  }
}
