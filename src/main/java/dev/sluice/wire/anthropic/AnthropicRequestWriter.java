package dev.sluice.wire.anthropic;

import dev.sluice.chat.ChatRequest;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the body of {@code POST /v1/messages}. */
final class AnthropicRequestWriter {
  /** From this version on any value of {@link #SAMPLING}, even the default, is refused. */
  private static final String VERSION_WITHOUT_SAMPLING = "2026-10-21";

  private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "top_k");

  private AnthropicRequestWriter() {}

  /**
   * The body's members by the vendor's names.
   *
   * @param maxTokens the token limit to send if the request names none
   * @throws UnsupportedRequestException if the format has no words for a part of the request
   */
  static Map<String, @Nullable Object> body(ChatRequest request, String version, int maxTokens) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("model", request.model());
    Integer asked = request.options().maxTokens();
    body.put("max_tokens", asked == null ? maxTokens : asked);
    body.put("stream", request.stream());
    writeConversation(request, body);
    writeTools(request, body);
    writeOptions(request.options(), body);
    AnthropicExtras.write(request.extra(), body);
    if (VERSION_WITHOUT_SAMPLING.compareTo(version) <= 0) {
      body.keySet().removeAll(SAMPLING);
    }
    return body;
  }

  private static void writeConversation(ChatRequest request, Map<String, @Nullable Object> body) {
    AnthropicConversation conversation = AnthropicConversation.of(request.messages());
    if (!conversation.system().isEmpty()) {
      body.put("system", conversation.system());
    }
    body.put("messages", conversation.turns());
  }

  private static void writeTools(ChatRequest request, Map<String, @Nullable Object> body) {
    AllowedTools allowed = AllowedTools.of(request.toolChoice());
    List<Map<String, @Nullable Object>> tools = AnthropicTools.of(request.tools(), allowed);
    if (!tools.isEmpty()) {
      body.put("tools", tools);
    }
    boolean oneAtATime = Boolean.FALSE.equals(request.options().parallelToolCalls());
    Map<String, @Nullable Object> choice =
        AnthropicToolChoice.of(allowed.choice(), oneAtATime, !tools.isEmpty());
    if (!choice.isEmpty()) {
      body.put("tool_choice", choice);
    }
  }

  private static void writeOptions(
      ChatRequest.Options options, Map<String, @Nullable Object> body) {
    if (options.temperature() != null) {
      // OpenAI's scale ends at 2, this one at 1; the vendor's own compatible endpoint caps as well.
      body.put("temperature", Math.min(1.0, options.temperature()));
    }
    if (options.topP() != null) {
      body.put("top_p", options.topP());
    }
    List<String> stop = options.stop().stream().filter(text -> !text.isBlank()).toList();
    if (!stop.isEmpty()) {
      body.put("stop_sequences", stop);
    }
    if (options.reasoningEffort() != null) {
      writeEffort(options.reasoningEffort(), body);
    }
  }

  private static void writeEffort(String effort, Map<String, @Nullable Object> body) {
    if (effort.equals("none")) {
      body.put("thinking", Map.of("type", "disabled"));
    } else {
      body.put("output_config", Map.of("effort", effort.equals("minimal") ? "low" : effort));
    }
  }
}
