package dev.sluice.wire.openai;

import dev.sluice.chat.Tool;
import dev.sluice.chat.ToolCall;
import dev.sluice.chat.ToolChoice;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes tools, the choice among them, and calls of them, as plain JSON values. */
final class ToolWriter {
  private ToolWriter() {}

  static Map<String, @Nullable Object> tool(Tool tool) {
    if (tool instanceof Tool.Function function) {
      return function(function);
    }
    return ((Tool.Other) tool).json();
  }

  private static Map<String, @Nullable Object> function(Tool.Function function) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", function.name());
    putIfSaid(json, "description", function.description());
    putIfSaid(json, "parameters", function.parameters());
    putIfSaid(json, "strict", function.strict());
    return ofFunction(json);
  }

  private static void putIfSaid(
      Map<String, @Nullable Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static Object choice(ToolChoice choice) {
    if (choice instanceof ToolChoice.Mode mode) {
      return mode.name().toLowerCase(Locale.ROOT);
    }
    if (choice instanceof ToolChoice.Named named) {
      return ofFunction(Map.of("name", named.name()));
    }
    return ((ToolChoice.Other) choice).json();
  }

  static Map<String, @Nullable Object> call(ToolCall call) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", call.id());
    Map<String, @Nullable Object> function = new LinkedHashMap<>();
    function.put("name", call.name());
    function.put("arguments", call.arguments());
    json.putAll(ofFunction(function));
    return json;
  }

  private static Map<String, @Nullable Object> ofFunction(Map<String, @Nullable Object> function) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", "function");
    json.put("function", function);
    return json;
  }
}
