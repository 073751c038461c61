package dev.sluice.wire.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The value after a member's name, read by somebody who expects the worst of it. All move the
 * parser to the value's last token, and only {@link #opens} may stop at its first.
 */
final class Values {
  private Values() {}

  static void skip(JsonParser json) throws IOException {
    json.nextToken();
    json.skipChildren();
  }

  /** The value if it is a text that is not empty, else null. */
  static @Nullable String text(JsonParser json) throws IOException {
    String text = json.nextTextValue();
    if (text == null) {
      json.skipChildren();
      return null;
    }
    return text.isEmpty() ? null : text;
  }

  /** Whether the value begins with {@code token}; if not, it is skipped. */
  static boolean opens(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() == token) {
      return true;
    }
    json.skipChildren();
    return false;
  }

  /** Whether the value is more than null, false or an empty text. */
  static boolean isThere(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    boolean there =
        switch (token) {
          case VALUE_NULL, VALUE_FALSE -> false;
          case VALUE_STRING -> !json.getText().isEmpty();
          default -> true;
        };
    json.skipChildren();
    return there;
  }

  /** The value if it is a whole number that fits, else {@code otherwise}. */
  static int integer(JsonParser json, int otherwise) throws IOException {
    if (json.nextToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() == JsonParser.NumberType.INT) {
      return json.getIntValue();
    }
    json.skipChildren();
    return otherwise;
  }
}
