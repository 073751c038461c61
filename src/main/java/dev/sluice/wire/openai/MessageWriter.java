package dev.sluice.wire.openai;

import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.chat.Role;
import dev.sluice.wire.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a conversation as plain JSON values. */
final class MessageWriter {
  /**
   * The entry among a {@link Dialect}'s renames that names the member in which a server wants the
   * thoughts of earlier turns back; without it they stay here, since most servers refuse them.
   */
  static final String REASONING = "messages[].reasoning";

  private final @Nullable String reasoningMember;

  MessageWriter(Dialect dialect) {
    reasoningMember = dialect.rename().get(REASONING);
  }

  /**
   * The messages in order. Results of tools may be texts only, so their pictures follow in a user's
   * message, after the last of the results: these may not be parted from one another.
   */
  List<Object> messages(List<Message> messages) {
    List<Object> written = new ArrayList<>(messages.size());
    List<Part> pictures = new ArrayList<>();
    for (Message message : messages) {
      if (message.role() != Role.TOOL) {
        flush(pictures, written);
        written.add(message(message, message.content()));
        continue;
      }
      message.content().stream().filter(Part.Image.class::isInstance).forEach(pictures::add);
      written.add(
          message(
              message,
              message.content().stream().filter(part -> !(part instanceof Part.Image)).toList()));
    }
    flush(pictures, written);
    return written;
  }

  private void flush(List<Part> pictures, List<Object> written) {
    if (!pictures.isEmpty()) {
      Message message = new Message(Role.USER, pictures, List.of(), null, Map.of());
      written.add(message(message, message.content()));
      pictures.clear();
    }
  }

  private Map<String, @Nullable Object> message(Message message, List<Part> content) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("role", message.role().wireName());
    json.put("content", content(message, content));
    if (reasoningMember != null) {
      putReasoning(json, reasoningMember, content);
    }
    if (!message.toolCalls().isEmpty()) {
      json.put("tool_calls", message.toolCalls().stream().map(ToolWriter::call).toList());
    }
    if (message.toolCallId() != null) {
      json.put("tool_call_id", message.toolCallId());
    }
    message
        .extra()
        .forEach(
            (name, value) -> {
              if (!json.containsKey(name)) {
                json.put(name, value);
              }
            });
    return json;
  }

  private static void putReasoning(
      Map<String, @Nullable Object> json, String member, List<Part> content) {
    String thoughts =
        content.stream()
            .filter(Part.Reasoning.class::isInstance)
            .map(part -> ((Part.Reasoning) part).text())
            .collect(Collectors.joining());
    if (!thoughts.isEmpty()) {
      json.put(member, thoughts);
    }
  }

  /** One text goes as a string, which every server takes; nothing but tool calls goes as null. */
  private static @Nullable Object content(Message message, List<Part> content) {
    List<Part> parts = content.stream().filter(part -> !(part instanceof Part.Reasoning)).toList();
    if (parts.isEmpty()) {
      return message.toolCalls().isEmpty() ? "" : null;
    }
    if (parts.size() == 1 && parts.get(0) instanceof Part.Text text) {
      return text.text();
    }
    return parts.stream().map(MessageWriter::part).toList();
  }

  private static Map<String, @Nullable Object> part(Part part) {
    if (part instanceof Part.Text text) {
      return part("text", "text", text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return part("refusal", "refusal", refusal.text());
    }
    if (part instanceof Part.Image image) {
      return part("image_url", "image_url", image(image));
    }
    return ((Part.Other) part).json();
  }

  private static Map<String, @Nullable Object> part(String type, String member, Object value) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", type);
    json.put(member, value);
    return json;
  }

  private static Map<String, @Nullable Object> image(Part.Image image) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("url", image.url());
    if (image.detail() != null) {
      json.put("detail", image.detail());
    }
    return json;
  }
}
