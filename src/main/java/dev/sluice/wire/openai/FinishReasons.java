package dev.sluice.wire.openai;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.FinishReason;
import dev.sluice.wire.UpstreamFailures;
import org.jspecify.annotations.Nullable;

/** What the many names for the end of an answer mean. */
final class FinishReasons {
  private FinishReasons() {}

  /** The reason; an unknown one is a plain stop. */
  static FinishReason of(String name) {
    return switch (name) {
      case "length", "model_length", "max_tokens" -> FinishReason.LENGTH;
      case "tool_calls", "function_call", "tool_use" -> FinishReason.TOOL_CALLS;
      case "content_filter", "refusal" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.STOP;
    };
  }

  /** The failure that some upstreams dress as a reason; null if it is none. */
  static @Nullable Failure failure(String name) {
    return switch (name) {
      case "error" -> OpenAiErrors.failure(VendorError.NONE);
      case "insufficient_system_resource" -> UpstreamFailures.of(Fault.UPSTREAM_OVERLOADED);
      default -> null;
    };
  }
}
