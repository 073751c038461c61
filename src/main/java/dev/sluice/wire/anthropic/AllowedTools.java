package dev.sluice.wire.anthropic;

import dev.sluice.chat.Tool;
import dev.sluice.chat.ToolChoice;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's choice {@code allowed_tools}, which Anthropic lacks: the tools are cut down to those
 * that it names, and its mode becomes the choice.
 *
 * @param names the functions that may be called, or null for all tools
 * @param choice what is left of the choice
 */
record AllowedTools(@Nullable Set<String> names, @Nullable ToolChoice choice) {

  /**
   * @throws UnsupportedRequestException if the list names anything but functions
   */
  static AllowedTools of(@Nullable ToolChoice choice) {
    if (choice instanceof ToolChoice.Other other
        && other.json().get("allowed_tools") instanceof Map<?, ?> allowed
        && allowed.get("tools") instanceof List<?> tools) {
      Set<String> names = new HashSet<>();
      tools.forEach(tool -> names.add(functionName(tool)));
      boolean required = "required".equals(allowed.get("mode"));
      return new AllowedTools(names, required ? ToolChoice.Mode.REQUIRED : ToolChoice.Mode.AUTO);
    }
    return new AllowedTools(null, choice);
  }

  private static String functionName(@Nullable Object tool) {
    if (tool instanceof Map<?, ?> object
        && object.get("function") instanceof Map<?, ?> function
        && function.get("name") instanceof String name) {
      return name;
    }
    throw new UnsupportedRequestException(
        "tool_choice.allowed_tools.tools", "This provider can only be allowed functions by name.");
  }

  boolean allows(Tool tool) {
    return names == null || (tool instanceof Tool.Function f && names.contains(f.name()));
  }
}
