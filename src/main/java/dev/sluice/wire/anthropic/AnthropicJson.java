package dev.sluice.wire.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.wire.Json;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Reading of JSON that should be an object of known members, by somebody who takes any. */
final class AnthropicJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AnthropicJson() {}

  /** Makes something of the object at whose start {@code json} stands. */
  @FunctionalInterface
  interface ObjectReader<T> {
    T read(JsonParser json) throws IOException;
  }

  /** Takes a member whose value {@code json} stands on, and leaves it at that value's end. */
  @FunctionalInterface
  interface MemberReader {
    void member(String name, JsonParser json) throws IOException;
  }

  /**
   * What {@code reader} makes of the first {@code length} bytes; null if they are not a JSON
   * object. Bytes that are not UTF-8 are read as U+FFFD.
   */
  static <T> @Nullable T read(byte[] bytes, int length, ObjectReader<T> reader) {
    T value = readOnce(bytes, length, reader);
    if (value != null) {
      return value;
    }
    byte[] repaired = new String(bytes, 0, length, UTF_8).getBytes(UTF_8);
    return readOnce(repaired, repaired.length, reader);
  }

  private static <T> @Nullable T readOnce(byte[] bytes, int length, ObjectReader<T> reader) {
    try (JsonParser json = Json.parser(bytes, 0, length)) {
      return json.nextToken() == JsonToken.START_OBJECT ? reader.read(json) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether {@code text} is one JSON object and nothing else. */
  static boolean isObject(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      return json.nextToken() == JsonToken.START_OBJECT && json.skipChildren().nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Passes on the members of the object that {@code json} stands on; no other value has any. */
  static void members(JsonParser json, MemberReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      reader.member(name, json);
    }
  }

  /** The text that {@code json} stands on; null for any other value. */
  static @Nullable String text(JsonParser json) throws IOException {
    json.skipChildren();
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
  }

  /** The whole number that {@code json} stands on; -1 for any other value. */
  static long count(JsonParser json) throws IOException {
    json.skipChildren();
    boolean fits =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return fits ? Math.max(-1, json.getLongValue()) : -1;
  }

  /** The object that {@code json} stands on as JSON without blanks; null for any other value. */
  static @Nullable String compactObject(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.copyCurrentStructureExact(json);
    }
    return text.toString();
  }

  /** The text that the object which {@code json} stands on has under {@code wanted}, or null. */
  static @Nullable String textMember(JsonParser json, String wanted) throws IOException {
    String found = null;
    if (json.currentToken() == JsonToken.START_OBJECT) {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        String text = text(json);
        found = name.equals(wanted) ? text : found;
      }
    }
    json.skipChildren();
    return found;
  }
}
