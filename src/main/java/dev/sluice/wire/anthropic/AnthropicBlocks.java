package dev.sluice.wire.anthropic;

import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a message's parts as content blocks. */
final class AnthropicBlocks {

  private AnthropicBlocks() {}

  /**
   * The blocks of a message's content; fewer than its parts, since empty text is refused upstream
   * and thoughts without their seal are worth nothing there.
   *
   * @param field where the message stands in the request, such as {@code messages[2]}
   * @throws UnsupportedRequestException if a part is of a kind that has no block
   */
  static List<Map<String, @Nullable Object>> of(Message message, String field) {
    List<Map<String, @Nullable Object>> blocks = new ArrayList<>();
    for (int i = 0; i < message.content().size(); i++) {
      Map<String, @Nullable Object> block =
          block(message.content().get(i), field + ".content[" + i + "]");
      if (block != null) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private static @Nullable Map<String, @Nullable Object> block(Part part, String field) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.Image image) {
      return AnthropicImages.block(image, field);
    }
    if (part instanceof Part.Reasoning reasoning) {
      return reasoning(reasoning);
    }
    throw new UnsupportedRequestException(
        field, "This provider takes no content of this kind, only text and images.");
  }

  private static @Nullable Map<String, @Nullable Object> text(String text) {
    return text.isEmpty() ? null : Map.of("type", "text", "text", text);
  }

  private static @Nullable Map<String, @Nullable Object> reasoning(Part.Reasoning reasoning) {
    if (reasoning.sealed() != null) {
      return Map.of("type", "redacted_thinking", "data", reasoning.sealed());
    }
    if (reasoning.signature() != null) {
      return Map.of(
          "type", "thinking", "thinking", reasoning.text(), "signature", reasoning.signature());
    }
    return null;
  }

  /**
   * Content as the API takes it: the bare string if {@code blocks} is one text, else the blocks.
   */
  static Object content(List<Map<String, @Nullable Object>> blocks) {
    Object text =
        blocks.size() == 1 && "text".equals(blocks.get(0).get("type"))
            ? blocks.get(0).get("text")
            : null;
    return text == null ? blocks : text;
  }
}
