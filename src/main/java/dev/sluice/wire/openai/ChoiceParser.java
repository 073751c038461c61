package dev.sluice.wire.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code choices}; its {@code delta} or its {@code message}. */
final class ChoiceParser {
  private ChoiceParser() {}

  /**
   * Reads the object that {@code json} stands at the start of into {@code choice}.
   *
   * @param bytes what {@code json} reads, from its first byte
   */
  static void read(JsonParser json, byte[] bytes, Chunk.Choice choice) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      switch (name) {
        case "index" -> choice.index = Values.integer(json, 0);
        case "finish_reason" -> choice.finishReason = Values.text(json);
        case "delta" -> message(json, bytes, choice, false);
        case "message" -> message(json, bytes, choice, true);
        default -> Values.skip(json);
      }
    }
  }

  private static void message(JsonParser json, byte[] bytes, Chunk.Choice choice, boolean whole)
      throws IOException {
    if (!Values.opens(json, JsonToken.START_OBJECT)) {
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      switch (name) {
        case "content" -> content(json, choice);
        case "refusal" -> choice.refusal = joined(choice.refusal, Values.text(json));
        case "reasoning_content", "reasoning" -> reasoning(json, choice);
        case "tool_calls" -> toolCalls(json, bytes, choice, whole);
        case "function_call" -> functionCall(json, bytes, choice);
        default -> Values.skip(json);
      }
    }
  }

  /** Some servers send the same thought under both names: the first one counts. */
  private static void reasoning(JsonParser json, Chunk.Choice choice) throws IOException {
    String text = Values.text(json);
    if (choice.reasoning == null) {
      choice.reasoning = text;
    }
  }

  private static void content(JsonParser json, Chunk.Choice choice) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      choice.text = joined(choice.text, json.getText());
    } else if (token == JsonToken.START_ARRAY) {
      parts(json, choice);
    } else {
      json.skipChildren();
    }
  }

  /** Mistral's way: parts of text and of thinking, told apart by the member that holds them. */
  private static void parts(JsonParser json, Chunk.Choice choice) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        choice.text = joined(choice.text, json.getText());
      } else if (json.currentToken() == JsonToken.START_OBJECT) {
        part(json, choice);
      } else {
        json.skipChildren();
      }
    }
  }

  private static void part(JsonParser json, Chunk.Choice choice) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      switch (name) {
        case "text" -> choice.text = joined(choice.text, Values.text(json));
        case "refusal" -> choice.refusal = joined(choice.refusal, Values.text(json));
        case "thinking" -> choice.reasoning = joined(choice.reasoning, thinking(json));
        default -> Values.skip(json);
      }
    }
  }

  /** A text, or parts of which each may hold a text. */
  private static @Nullable String thinking(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token != JsonToken.START_ARRAY) {
      json.skipChildren();
      return null;
    }
    Chunk.Choice thoughts = new Chunk.Choice();
    parts(json, thoughts);
    return thoughts.text;
  }

  private static @Nullable String joined(@Nullable String head, @Nullable String tail) {
    if (tail == null || tail.isEmpty()) {
      return head;
    }
    return head == null ? tail : head + tail;
  }

  private static void toolCalls(
      JsonParser json, byte[] bytes, Chunk.Choice choice, boolean indexIsPosition)
      throws IOException {
    if (!Values.opens(json, JsonToken.START_ARRAY)) {
      return;
    }
    for (int position = 0; json.nextToken() != JsonToken.END_ARRAY; position++) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        int index = indexIsPosition ? position : Chunk.ToolFragment.NO_INDEX;
        choice.tools.add(new ToolFragmentParser(json, bytes, index).read());
      } else {
        json.skipChildren();
      }
    }
  }

  /** The ancestor of tool calls: one call, without an id. */
  private static void functionCall(JsonParser json, byte[] bytes, Chunk.Choice choice)
      throws IOException {
    if (Values.opens(json, JsonToken.START_OBJECT)) {
      choice.tools.add(new ToolFragmentParser(json, bytes, 0).readFunction());
    }
  }
}
