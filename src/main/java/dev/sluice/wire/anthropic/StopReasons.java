package dev.sluice.wire.anthropic;

import dev.sluice.chat.FinishReason;

/** The vendor's {@code stop_reason} and the field's finish reason. */
final class StopReasons {

  private StopReasons() {}

  /** What a {@code stop_reason} means; one that is not known yet means that the model had done. */
  static FinishReason finishReason(String stopReason) {
    return switch (stopReason) {
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "refusal" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.STOP;
    };
  }
}
