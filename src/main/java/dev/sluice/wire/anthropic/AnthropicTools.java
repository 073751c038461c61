package dev.sluice.wire.anthropic;

import dev.sluice.chat.Tool;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tools at the model's disposal. */
final class AnthropicTools {
  private static final Map<String, @Nullable Object> NO_PARAMETERS =
      Map.of("type", "object", "properties", Map.of());

  private AnthropicTools() {}

  /**
   * The tools that are allowed, in order.
   *
   * @throws UnsupportedRequestException if one of them is of a kind that Anthropic lacks
   */
  static List<Map<String, @Nullable Object>> of(List<Tool> tools, AllowedTools allowed) {
    List<Map<String, @Nullable Object>> written = new ArrayList<>();
    for (int i = 0; i < tools.size(); i++) {
      if (allowed.allows(tools.get(i))) {
        written.add(tool(tools.get(i), "tools[" + i + "]"));
      }
    }
    return written;
  }

  private static Map<String, @Nullable Object> tool(Tool tool, String field) {
    if (tool instanceof Tool.Function function) {
      return function(function);
    }
    Map<String, @Nullable Object> json = ((Tool.Other) tool).json();
    if (isAnthropics(json)) {
      return json;
    }
    throw new UnsupportedRequestException(field, "This provider has no tools of this kind.");
  }

  /** Anthropic's hosted tools have their name beside their type, which OpenAI's never have. */
  private static boolean isAnthropics(Map<String, @Nullable Object> tool) {
    return tool.get("type") instanceof String && tool.get("name") instanceof String;
  }

  private static Map<String, @Nullable Object> function(Tool.Function function) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", function.name());
    if (function.description() != null) {
      json.put("description", function.description());
    }
    Map<String, @Nullable Object> parameters = function.parameters();
    boolean none = parameters == null || parameters.isEmpty();
    json.put("input_schema", none ? NO_PARAMETERS : parameters);
    if (function.strict() != null) {
      json.put("strict", function.strict());
    }
    return json;
  }
}
