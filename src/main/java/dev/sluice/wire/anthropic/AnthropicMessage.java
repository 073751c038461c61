package dev.sluice.wire.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as the vendor sends it: a whole answer, or the empty beginning of a streamed one. */
final class AnthropicMessage {
  @Nullable String model;

  /** The content's blocks; null if it has no content at all, and so is no message. */
  @Nullable List<ContentPiece> content;

  @Nullable String stopReason;
  @Nullable String explanation;
  final TokenCounts usage = new TokenCounts();

  /** What a body of status 200 may hold in a message's place. */
  @Nullable VendorError error;

  static AnthropicMessage read(JsonParser json) throws IOException {
    AnthropicMessage message = new AnthropicMessage();
    AnthropicJson.members(json, message::member);
    return message;
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "model" -> model = AnthropicJson.text(json);
      case "content" -> content = blocks(json);
      case "stop_reason" -> stopReason = AnthropicJson.text(json);
      case "stop_details" -> explanation = AnthropicJson.textMember(json, "explanation");
      case "usage" -> usage.read(json);
      case "error" -> error = error(json);
      default -> json.skipChildren();
    }
  }

  private static @Nullable VendorError error(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : VendorError.read(json);
  }

  private static @Nullable List<ContentPiece> blocks(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return null;
    }
    List<ContentPiece> blocks = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      blocks.add(ContentPiece.read(json));
    }
    return blocks;
  }
}
