package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code tool_calls}, whatever its members' order. */
final class ToolFragmentParser {
  private final JsonParser json;
  private final byte[] bytes;
  private int index;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable String arguments;

  /**
   * @param json stands at the start of the object
   * @param bytes what {@code json} reads, from its first byte
   * @param index what holds if the fragment names none
   */
  ToolFragmentParser(JsonParser json, byte[] bytes, int index) {
    this.json = json;
    this.bytes = bytes;
    this.index = index;
  }

  Chunk.ToolFragment read() throws IOException {
    for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
      switch (member) {
        case "index" -> index = Values.integer(json, index);
        case "id" -> id = Values.text(json);
        case "function", "custom" -> function();
        default -> Values.skip(json);
      }
    }
    return fragment();
  }

  /** Reads the object as the function itself, without the call around it. */
  Chunk.ToolFragment readFunction() throws IOException {
    functionMembers();
    return fragment();
  }

  private Chunk.ToolFragment fragment() {
    return new Chunk.ToolFragment(index, id, name, arguments);
  }

  private void function() throws IOException {
    if (Values.opens(json, JsonToken.START_OBJECT)) {
      functionMembers();
    }
  }

  private void functionMembers() throws IOException {
    for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
      switch (member) {
        case "name" -> name = Values.text(json);
        case "arguments", "input" -> arguments = argumentText();
        default -> Values.skip(json);
      }
    }
  }

  /** Arguments that are an object and not a text are taken as they stand, byte for byte. */
  private @Nullable String argumentText() throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
      return null;
    }
    int start = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int end = (int) json.currentLocation().getByteOffset();
    return new String(bytes, start, end - start, UTF_8);
  }
}
