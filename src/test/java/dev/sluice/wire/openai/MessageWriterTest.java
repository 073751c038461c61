package dev.sluice.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.ChatRequest.Options;
import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.chat.Role;
import dev.sluice.chat.ToolCall;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.Json;
import dev.sluice.wire.JsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageWriterTest {

  private static @Nullable Object messages(Dialect dialect, Message... messages) {
    ChatRequest request =
        new ChatRequest("m", List.of(messages), Options.NONE, List.of(), null, false, Map.of());
    try {
      return Json.readStrictly(OpenAiRequestWriter.body(request, dialect)).get("messages");
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable Object messages(Message... messages) {
    return messages(Dialect.STANDARD, messages);
  }

  @Test
  void oneTextIsAStringAndMoreAreParts() {
    Part text = new Part.Text("a");
    Part other = new Part.Other(Map.of("type", "file", "file", Map.of("file_id", "f")));
    Message user =
        new Message(
            Role.USER,
            List.of(
                text,
                new Part.Image("data:image/png;base64,AA==", "low"),
                new Part.Image("https://x.test/a.png", null),
                other),
            List.of(),
            null,
            Map.of());
    assertThat(messages(Message.of(Role.SYSTEM, "be\nbrief"), user))
        .isEqualTo(
            List.of(
                Map.of("role", "system", "content", "be\nbrief"),
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(
                        Map.of("type", "text", "text", "a"),
                        Map.of(
                            "type",
                            "image_url",
                            "image_url",
                            Map.of("url", "data:image/png;base64,AA==", "detail", "low")),
                        Map.of(
                            "type",
                            "image_url",
                            "image_url",
                            Map.of("url", "https://x.test/a.png")),
                        Map.of("type", "file", "file", Map.of("file_id", "f"))))));
  }

  @Test
  void toolCallsKeepTheirArgumentsByteForByte() {
    String arguments = "{ \"a\" :1.0,\n \"é\\u00e9\": tru";
    Message call =
        new Message(
            Role.ASSISTANT, List.of(), List.of(new ToolCall("c1", "f", arguments)), null, Map.of());
    Message result =
        new Message(Role.TOOL, List.of(new Part.Text("42")), List.of(), "c1", Map.of());
    Map<String, @Nullable Object> assistant = new LinkedHashMap<>();
    assistant.put("role", "assistant");
    assistant.put("content", null);
    assistant.put(
        "tool_calls",
        List.of(
            Map.of(
                "id",
                "c1",
                "type",
                "function",
                "function",
                Map.of("name", "f", "arguments", arguments))));
    assertThat(messages(call, result))
        .isEqualTo(
            List.of(assistant, Map.of("role", "tool", "content", "42", "tool_call_id", "c1")));
  }

  @Test
  void refusalsAreCarriedAndEmptyContentIsAnEmptyText() {
    Message refusal =
        new Message(Role.ASSISTANT, List.of(new Part.Refusal("no")), List.of(), null, Map.of());
    Message empty = new Message(Role.ASSISTANT, List.of(), List.of(), null, Map.of());
    assertThat(messages(refusal, empty))
        .isEqualTo(
            List.of(
                Map.of(
                    "role",
                    "assistant",
                    "content",
                    List.of(Map.of("type", "refusal", "refusal", "no"))),
                Map.of("role", "assistant", "content", "")));
  }

  @Test
  void extraMembersOfAMessageComeThroughAndOverrideNothing() {
    Message message =
        new Message(
            Role.USER,
            List.of(new Part.Text("a")),
            List.of(),
            null,
            Map.of("name", "Ann", "role", "system", "content", "b"));
    assertThat(messages(message))
        .isEqualTo(List.of(Map.of("role", "user", "content", "a", "name", "Ann")));
  }

  @Test
  void thoughtsStayHereUnlessTheDialectNamesAPlaceForThem() {
    Message message =
        new Message(
            Role.ASSISTANT,
            List.of(new Part.Reasoning("hm", null, null), new Part.Text("a")),
            List.of(),
            null,
            Map.of());
    assertThat(messages(message)).isEqualTo(List.of(Map.of("role", "assistant", "content", "a")));
    Dialect deepSeek =
        new Dialect(Map.of(MessageWriter.REASONING, "reasoning_content"), Set.of(), null, 4096);
    assertThat(messages(deepSeek, message))
        .isEqualTo(List.of(Map.of("role", "assistant", "content", "a", "reasoning_content", "hm")));
  }

  @Test
  void picturesFromToolsFollowTheLastOfTheResultsAsTheUsersMessage() {
    Part picture = new Part.Image("https://x.test/a.png", null);
    Message first =
        new Message(Role.TOOL, List.of(new Part.Text("a"), picture), List.of(), "c1", Map.of());
    Message second = new Message(Role.TOOL, List.of(picture), List.of(), "c2", Map.of());
    Map<String, Object> part =
        Map.of("type", "image_url", "image_url", Map.of("url", "https://x.test/a.png"));
    List<Map<String, Object>> results =
        List.of(
            Map.of("role", "tool", "content", "a", "tool_call_id", "c1"),
            Map.of("role", "tool", "content", "", "tool_call_id", "c2"),
            Map.of("role", "user", "content", List.of(part, part)));
    assertThat(messages(first, second)).isEqualTo(results);
    assertThat(messages(first, second, Message.of(Role.USER, "so?")))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .startsWith(results.toArray())
        .endsWith(Map.of("role", "user", "content", "so?"));
  }
}
