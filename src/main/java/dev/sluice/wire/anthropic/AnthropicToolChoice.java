package dev.sluice.wire.anthropic;

import dev.sluice.chat.ToolChoice;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes which tool the model is to call, and whether several at once. */
final class AnthropicToolChoice {

  private AnthropicToolChoice() {}

  /**
   * The {@code tool_choice}; empty if there is nothing to say.
   *
   * @param oneAtATime whether the model may not call several tools in one turn
   * @param anyTools whether there are tools to choose from; where there are none a choice is
   *     refused, so that one which changes nothing is left out
   * @throws UnsupportedRequestException if the choice is of a kind that Anthropic lacks
   */
  static Map<String, @Nullable Object> of(
      @Nullable ToolChoice choice, boolean oneAtATime, boolean anyTools) {
    if (!anyTools && !demandsTool(choice)) {
      return Map.of();
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (choice != null) {
      json.put("type", type(choice));
    }
    if (choice instanceof ToolChoice.Named named) {
      json.put("name", named.name());
    }
    if (oneAtATime && choice != ToolChoice.Mode.NONE) {
      json.putIfAbsent("type", "auto");
      json.put("disable_parallel_tool_use", true);
    }
    return json;
  }

  private static boolean demandsTool(@Nullable ToolChoice choice) {
    return choice != null && choice != ToolChoice.Mode.AUTO && choice != ToolChoice.Mode.NONE;
  }

  private static String type(ToolChoice choice) {
    if (choice instanceof ToolChoice.Mode mode) {
      return switch (mode) {
        case AUTO -> "auto";
        case NONE -> "none";
        case REQUIRED -> "any";
      };
    }
    if (choice instanceof ToolChoice.Named) {
      return "tool";
    }
    throw new UnsupportedRequestException(
        "tool_choice", "This provider has no tool choice of this kind.");
  }
}
