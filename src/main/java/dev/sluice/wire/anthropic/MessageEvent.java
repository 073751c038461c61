package dev.sluice.wire.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One event of a streamed answer, read to its end before anything is made of it. */
final class MessageEvent {
  private static final ContentPiece NOTHING = new ContentPiece();
  private static final VendorError NO_WORD = new VendorError();

  /** The event's name by its data, which decides; null if only the stream names it. */
  @Nullable String type;

  /** The content block that it is about, or -1. */
  int index = -1;

  /** The {@code content_block} or the {@code delta}: no event has both. */
  ContentPiece piece = NOTHING;

  @Nullable AnthropicMessage message;
  @Nullable TokenCounts usage;
  VendorError error = NO_WORD;

  static MessageEvent read(JsonParser json) throws IOException {
    MessageEvent event = new MessageEvent();
    AnthropicJson.members(json, event::member);
    return event;
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "type" -> type = AnthropicJson.text(json);
      case "index" -> index = (int) AnthropicJson.count(json);
      case "content_block", "delta" -> piece = ContentPiece.read(json);
      case "message" -> message = AnthropicMessage.read(json);
      case "usage" -> {
        usage = new TokenCounts();
        usage.read(json);
      }
      case "error" -> error = VendorError.read(json);
      default -> json.skipChildren();
    }
  }
}
