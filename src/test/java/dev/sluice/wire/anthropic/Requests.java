package dev.sluice.wire.anthropic;

import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.ChatRequest.Options;
import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.chat.Role;
import dev.sluice.chat.Tool;
import dev.sluice.chat.ToolCall;
import dev.sluice.chat.ToolChoice;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.Json;
import dev.sluice.wire.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests, and their bodies read back. */
final class Requests {
  static final Dialect NEW = new Dialect(Map.of(), Set.of(), "2026-10-21", 4096);

  private Requests() {}

  static Message said(Role role, Part... parts) {
    return new Message(role, List.of(parts), List.of(), null, Map.of());
  }

  static Message called(String text, ToolCall... calls) {
    return new Message(
        Role.ASSISTANT, List.of(new Part.Text(text)), List.of(calls), null, Map.of());
  }

  static Message result(String id, String text) {
    return new Message(Role.TOOL, List.of(new Part.Text(text)), List.of(), id, Map.of());
  }

  static ChatRequest of(Message... messages) {
    return new ChatRequest(
        "claude-x", List.of(messages), Options.NONE, List.of(), null, false, Map.of());
  }

  static ChatRequest with(Options options) {
    return with(options, List.of(), null);
  }

  static ChatRequest with(Options options, List<Tool> tools, @Nullable ToolChoice choice) {
    List<Message> messages = List.of(Message.of(Role.USER, "Hi"));
    return new ChatRequest("claude-x", messages, options, tools, choice, true, Map.of());
  }

  static ChatRequest with(Map<String, @Nullable Object> extra) {
    List<Message> messages = List.of(Message.of(Role.USER, "Hi"));
    return new ChatRequest("claude-x", messages, Options.NONE, List.of(), null, true, extra);
  }

  static Map<String, @Nullable Object> body(ChatRequest request) {
    return body(request, Dialect.STANDARD);
  }

  static Map<String, @Nullable Object> body(ChatRequest request, Dialect dialect) {
    return json(new AnthropicWire().request(request, dialect).body());
  }

  static Map<String, @Nullable Object> json(String text) {
    return json(text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Map<String, @Nullable Object> json(byte[] bytes) {
    try {
      return Json.readStrictly(bytes);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
