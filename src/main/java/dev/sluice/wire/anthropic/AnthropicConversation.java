package dev.sluice.wire.anthropic;

import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages brought into Anthropic's order: the leading instructions apart, then turns of user and
 * assistant, neighbours of one side merged, tool results in the user's turn.
 */
final class AnthropicConversation {
  private final List<String> system = new ArrayList<>();
  private final List<AnthropicTurn> turns = new ArrayList<>();

  private AnthropicConversation() {}

  /**
   * @throws UnsupportedRequestException if a message holds what the format has no words for, or if
   *     nothing but instructions is left
   */
  static AnthropicConversation of(List<Message> messages) {
    AnthropicConversation conversation = new AnthropicConversation();
    for (int i = 0; i < messages.size(); i++) {
      conversation.add(messages.get(i), "messages[" + i + "]");
    }
    if (conversation.turns.isEmpty()) {
      throw new UnsupportedRequestException(
          "messages", "This provider wants at least one message of the user that is not empty.");
    }
    return conversation;
  }

  /** The instructions before all turns, joined with blank lines; empty if there are none. */
  String system() {
    return String.join("\n\n", system);
  }

  List<Map<String, @Nullable Object>> turns() {
    return turns.stream().map(AnthropicTurn::json).toList();
  }

  private void add(Message message, String field) {
    switch (message.role()) {
      case SYSTEM -> instruct(message, field);
      case USER -> append("user", AnthropicBlocks.of(message, field));
      case TOOL -> turn("user").addToolResult(AnthropicToolCalls.result(message, field));
      case ASSISTANT -> {
        append("assistant", AnthropicBlocks.of(message, field));
        append("assistant", AnthropicToolCalls.uses(message, field));
      }
    }
  }

  private void instruct(Message message, String field) {
    for (int i = 0; i < message.content().size(); i++) {
      if (!(message.content().get(i) instanceof Part.Text)) {
        throw new UnsupportedRequestException(
            field + ".content[" + i + "]", "Instructions must be text for this provider.");
      }
    }
    List<Map<String, @Nullable Object>> blocks = AnthropicBlocks.of(message, field);
    if (turns.isEmpty()) {
      blocks.forEach(block -> system.add(String.valueOf(block.get("text"))));
    } else {
      append("user", blocks);
    }
  }

  private void append(String role, List<Map<String, @Nullable Object>> blocks) {
    if (!blocks.isEmpty()) {
      turn(role).add(blocks);
    }
  }

  private AnthropicTurn turn(String role) {
    AnthropicTurn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
    if (last != null && last.isOf(role)) {
      return last;
    }
    AnthropicTurn next = new AnthropicTurn(role);
    turns.add(next);
    return next;
  }
}
