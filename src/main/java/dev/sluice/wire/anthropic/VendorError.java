package dev.sluice.wire.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's own account of an error, in lower case; read only to tell one fault from another.
 * Empty is what it does not say.
 */
final class VendorError {
  String type = "";
  private String message = "";

  /** The error that {@code json} stands on; compatible servers may send a bare text. */
  static VendorError read(JsonParser json) throws IOException {
    VendorError error = new VendorError();
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      error.message = lower(json.getText());
    }
    AnthropicJson.members(json, error::member);
    return error;
  }

  /** The error of a body such as {@code {"type":"error","error":{...}}}. */
  static VendorError ofBody(JsonParser json) throws IOException {
    VendorError[] found = {new VendorError()};
    AnthropicJson.members(
        json,
        (name, value) -> {
          if (name.equals("error")) {
            found[0] = read(value);
          } else {
            value.skipChildren();
          }
        });
    return found[0];
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "type" -> type = lower(AnthropicJson.text(json));
      case "message" -> message = lower(AnthropicJson.text(json));
      default -> json.skipChildren();
    }
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  boolean says(List<String> phrases) {
    return phrases.stream().anyMatch(message::contains);
  }
}
