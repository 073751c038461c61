package dev.sluice.wire.anthropic;

import dev.sluice.chat.Message;
import dev.sluice.chat.ToolCall;
import dev.sluice.wire.Json;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes calls of tools and what came of them. */
final class AnthropicToolCalls {
  private static final Pattern UNKNOWN_TO_IDS = Pattern.compile("[^a-zA-Z0-9_-]");

  private AnthropicToolCalls() {}

  /**
   * The {@code tool_use} blocks of an assistant's message.
   *
   * @throws UnsupportedRequestException if a call's arguments are not a JSON object
   */
  static List<Map<String, @Nullable Object>> uses(Message message, String field) {
    List<Map<String, @Nullable Object>> blocks = new ArrayList<>();
    for (int i = 0; i < message.toolCalls().size(); i++) {
      ToolCall call = message.toolCalls().get(i);
      Map<String, @Nullable Object> block = new LinkedHashMap<>();
      block.put("type", "tool_use");
      block.put("id", id(call.id()));
      block.put("name", call.name());
      block.put("input", input(call, field + ".tool_calls[" + i + "].function.arguments"));
      blocks.add(block);
    }
    return blocks;
  }

  /** The arguments byte for byte: re-encoded numbers and escapes would not be the model's own. */
  private static Object input(ToolCall call, String field) {
    if (call.arguments().isBlank()) {
      return Map.of();
    }
    if (!AnthropicJson.isObject(call.arguments())) {
      throw new UnsupportedRequestException(
          field, "The arguments of a tool call must be a JSON object for this provider.");
    }
    return (Json.Writing) generator -> generator.writeRawValue(call.arguments());
  }

  /**
   * The {@code tool_result} block of a tool's message.
   *
   * @throws UnsupportedRequestException if the message does not say which call it answers
   */
  static Map<String, @Nullable Object> result(Message message, String field) {
    if (message.toolCallId() == null) {
      throw new UnsupportedRequestException(
          field + ".tool_call_id", "The result of a tool must name the call that it answers.");
    }
    Map<String, @Nullable Object> block = new LinkedHashMap<>();
    block.put("type", "tool_result");
    block.put("tool_use_id", id(message.toolCallId()));
    List<Map<String, @Nullable Object>> content = AnthropicBlocks.of(message, field);
    if (!content.isEmpty()) {
      block.put("content", AnthropicBlocks.content(content));
    }
    return block;
  }

  /** Ids of other vendors may hold characters that Anthropic refuses; both ends change alike. */
  private static String id(String id) {
    return UNKNOWN_TO_IDS.matcher(id).replaceAll("_");
  }
}
