package dev.sluice.chat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation.
 *
 * @param content what is said, in order; empty for an assistant that only calls tools
 * @param toolCalls the calls that an assistant makes; empty for all other roles
 * @param toolCallId for {@link Role#TOOL}: the call that this message answers; else null
 * @param extra members of the original message that are not modelled here, as plain JSON values
 */
public record Message(
    Role role,
    List<Part> content,
    List<ToolCall> toolCalls,
    @Nullable String toolCallId,
    Map<String, @Nullable Object> extra) {

  public Message {
    content = List.copyOf(content);
    toolCalls = List.copyOf(toolCalls);
  }

  public static Message of(Role role, String text) {
    return new Message(role, List.of(new Part.Text(text)), List.of(), null, Map.of());
  }

  /** The text parts joined with nothing between them; empty if there are none. */
  public String text() {
    return content.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining());
  }
}
