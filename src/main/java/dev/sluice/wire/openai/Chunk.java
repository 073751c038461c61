package dev.sluice.wire.openai;

import dev.sluice.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one chunk of an answer says, or a whole answer, which is one big chunk. Filled and emptied
 * again and again, so that a token costs no more objects than its event.
 */
final class Chunk {
  /** The serving model; only the first time that an answer names it. */
  @Nullable String model;

  @Nullable Usage usage;
  @Nullable VendorError error;

  /** Whether the choice with index 0 is in it; the others are not asked for. */
  boolean hasChoice;

  Choice choice = new Choice();

  void clear() {
    model = null;
    usage = null;
    error = null;
    hasChoice = false;
    choice.clear();
  }

  /** What one choice says; null stands for nothing, and no text is empty. */
  static final class Choice {
    int index;
    @Nullable String text;
    @Nullable String reasoning;
    @Nullable String refusal;
    @Nullable String finishReason;
    final List<ToolFragment> tools = new ArrayList<>(2);

    void clear() {
      index = 0;
      text = null;
      reasoning = null;
      refusal = null;
      finishReason = null;
      tools.clear();
    }
  }

  /**
   * A piece of a tool call as the upstream sent it.
   *
   * @param index the call's place by the upstream's count, or {@link #NO_INDEX}
   */
  record ToolFragment(
      int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
    static final int NO_INDEX = -1;
  }
}
