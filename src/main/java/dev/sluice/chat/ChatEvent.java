package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * One step of an answer. An answer is any number of steps and then exactly one {@link Terminal};
 * {@link TerminalRule} holds every source of events to that.
 */
public sealed interface ChatEvent {

  /** Whether the model has said something by this: what a first-token deadline waits for. */
  default boolean isContent() {
    return false;
  }

  /**
   * Which model serves the answer, by the upstream's own word; at most once, before all content.
   */
  record Served(String model) implements ChatEvent {}

  /** More text of the answer; never empty. */
  record TextDelta(String text) implements ChatEvent {
    @Override
    public boolean isContent() {
      return true;
    }
  }

  /**
   * More of the model's thoughts.
   *
   * @param text may be empty if only a signature came
   * @param signature the vendor's seal over the whole thought, which ends it; or null
   */
  record ReasoningDelta(String text, @Nullable String signature) implements ChatEvent {
    @Override
    public boolean isContent() {
      return true;
    }
  }

  /** More text of a refusal; never empty. */
  record RefusalDelta(String text) implements ChatEvent {
    @Override
    public boolean isContent() {
      return true;
    }
  }

  /**
   * A fragment of a tool call. The first fragment of an index carries id and name, later ones
   * neither.
   *
   * @param index the call's position in the answer, from 0 without gaps
   * @param arguments the next piece of the arguments' JSON text, perhaps empty
   */
  record ToolCallDelta(int index, @Nullable String id, @Nullable String name, String arguments)
      implements ChatEvent {
    @Override
    public boolean isContent() {
      return true;
    }
  }

  /** What the answer cost; if it comes more than once, the last one holds. */
  record UsageReport(Usage usage) implements ChatEvent {}

  /** The model stopped of its own accord; at most once, no content follows. */
  record Finished(FinishReason reason) implements ChatEvent {}

  /** The last event of an answer. */
  sealed interface Terminal extends ChatEvent {}

  /** The answer is complete: the upstream said so. */
  record Done() implements Terminal {}

  /** The answer broke off; what came before it stays valid but incomplete. */
  record Failed(Failure failure) implements Terminal {}

  /** Nobody waits for the answer any more. */
  record Cancelled() implements Terminal {}
}
