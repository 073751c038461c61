package dev.sluice.wire.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A content block or a delta to one: both tell what they are by {@code type}, which may stand after
 * what it decides on. Null is what they do not have.
 */
final class ContentPiece {
  @Nullable String type;
  @Nullable String text;
  @Nullable String thinking;
  @Nullable String signature;
  @Nullable String partialJson;
  @Nullable String id;
  @Nullable String name;

  /** A tool call's whole input as JSON without blanks. */
  @Nullable String input;

  @Nullable String stopReason;

  /** In the vendor's model's words, why it declined. */
  @Nullable String explanation;

  static ContentPiece read(JsonParser json) throws IOException {
    ContentPiece piece = new ContentPiece();
    AnthropicJson.members(json, piece::member);
    return piece;
  }

  private void member(String member, JsonParser json) throws IOException {
    switch (member) {
      case "type" -> type = AnthropicJson.text(json);
      case "text" -> text = AnthropicJson.text(json);
      case "thinking" -> thinking = AnthropicJson.text(json);
      case "signature" -> signature = AnthropicJson.text(json);
      case "partial_json" -> partialJson = AnthropicJson.text(json);
      case "id" -> id = AnthropicJson.text(json);
      case "name" -> name = AnthropicJson.text(json);
      case "input" -> input = AnthropicJson.compactObject(json);
      case "stop_reason" -> stopReason = AnthropicJson.text(json);
      case "stop_details" -> explanation = AnthropicJson.textMember(json, "explanation");
      default -> json.skipChildren();
    }
  }
}
