package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.ChatRequest.Options;
import dev.sluice.chat.Message;
import dev.sluice.chat.Role;
import dev.sluice.chat.Tool;
import dev.sluice.chat.ToolChoice;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.Json;
import dev.sluice.wire.JsonException;
import dev.sluice.wire.UpstreamRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiRequestWriterTest {
  private static final Options ALL = new Options(100, 0.5, 0.9, List.of("END"), "low", false);

  private static ChatRequest request(Options options, Map<String, @Nullable Object> extra) {
    return new ChatRequest(
        "m", List.of(Message.of(Role.USER, "hi")), options, List.of(), null, false, extra);
  }

  private static ChatRequest streamed(Map<String, @Nullable Object> extra) {
    return new ChatRequest("m", List.of(), Options.NONE, List.of(), null, true, extra);
  }

  private static Dialect dialect(Map<String, String> rename, Set<String> drop) {
    return new Dialect(rename, drop, null, 4096);
  }

  private static String text(ChatRequest request, Dialect dialect) {
    return new String(new OpenAiWire().request(request, dialect).body(), UTF_8);
  }

  private static Map<String, @Nullable Object> body(ChatRequest request, Dialect dialect) {
    try {
      return Json.readStrictly(new OpenAiWire().request(request, dialect).body());
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPlainRequestHoldsNoMoreThanItMust() {
    UpstreamRequest call =
        new OpenAiWire().request(request(Options.NONE, Map.of()), Dialect.STANDARD);
    assertThat(call.path()).isEqualTo("/chat/completions");
    assertThat(call.headers()).isEmpty();
    assertThat(new String(call.body(), UTF_8))
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":false}");
  }

  @Test
  void everyOptionHasItsMember() {
    assertThat(body(request(ALL, Map.of()), Dialect.STANDARD))
        .containsEntry("max_completion_tokens", 100)
        .containsEntry("temperature", 0.5)
        .containsEntry("top_p", 0.9)
        .containsEntry("stop", List.of("END"))
        .containsEntry("reasoning_effort", "low")
        .containsEntry("parallel_tool_calls", false)
        .containsEntry("stream", false)
        .hasSize(9);
  }

  // What rides along.

  @Test
  void extraMembersComeThroughUntouched() {
    Map<String, @Nullable Object> extra = new LinkedHashMap<>();
    extra.put("seed", 7);
    extra.put("user", null);
    extra.put("response_format", Map.of("type", "json_object"));
    extra.put("new_thing", Arrays.asList(1, null, "x"));
    assertThat(body(request(Options.NONE, extra), Dialect.STANDARD)).containsAllEntriesOf(extra);
  }

  @Test
  void noExtraOverridesWhatIsModelled() {
    Map<String, @Nullable Object> extra =
        Map.of(
            "model",
            "x",
            "messages",
            List.of(),
            "stream",
            true,
            "temperature",
            2.0,
            "max_completion_tokens",
            9,
            "max_tokens",
            9,
            "stream_options",
            Map.of());
    assertThat(body(request(ALL, extra), Dialect.STANDARD))
        .isEqualTo(body(request(ALL, Map.of()), Dialect.STANDARD));
  }

  @Test
  void theOldTokenLimitComesThroughIfThereIsNoOther() {
    assertThat(body(request(Options.NONE, Map.of("max_tokens", 9)), Dialect.STANDARD))
        .containsEntry("max_tokens", 9);
  }

  @Test
  void aStreamAlwaysAsksWhatItCost() {
    assertThat(body(streamed(Map.of()), Dialect.STANDARD))
        .containsEntry("stream", true)
        .containsEntry("stream_options", Map.of("include_usage", true));
    Map<String, @Nullable Object> given =
        Map.of("include_usage", false, "include_obfuscation", false);
    assertThat(body(streamed(Map.of("stream_options", given)), Dialect.STANDARD))
        .containsEntry(
            "stream_options", Map.of("include_usage", true, "include_obfuscation", false));
  }

  // Dialects.

  @Test
  void membersAreRenamedAndDropped() {
    Dialect ollama =
        dialect(
            Map.of("max_completion_tokens", "max_tokens", "seed", "random_seed"),
            Set.of("temperature", "user"));
    assertThat(body(request(ALL, Map.of("seed", 7, "user", "u")), ollama))
        .containsEntry("max_tokens", 100)
        .containsEntry("random_seed", 7)
        .doesNotContainKeys("max_completion_tokens", "seed", "temperature", "user");
  }

  @Test
  void aRenameThatMeetsAnExtraOfItsNameIsWrittenOnce() {
    Dialect ollama = dialect(Map.of("max_completion_tokens", "max_tokens"), Set.of());
    String text = text(request(ALL, Map.of("max_tokens", 9)), ollama);
    assertThat(text).containsOnlyOnce("max_tokens").contains("\"max_tokens\":100");
    Dialect mistral = dialect(Map.of("seed", "random_seed"), Set.of());
    assertThat(text(request(ALL, Map.of("seed", 7, "random_seed", 8)), mistral))
        .containsOnlyOnce("random_seed");
  }

  @Test
  void streamOptionsCanBeDroppedWhereTheyAreRefused() {
    assertThat(body(streamed(Map.of()), dialect(Map.of(), Set.of("stream_options"))))
        .doesNotContainKey("stream_options");
  }

  // Tools.

  private static Map<String, @Nullable Object> withTools(ToolChoice choice, Tool... tools) {
    return body(
        new ChatRequest("m", List.of(), Options.NONE, List.of(tools), choice, false, Map.of()),
        Dialect.STANDARD);
  }

  @Test
  void toolsAreWrittenAsFunctionsOrAsTheyCame() {
    Map<String, @Nullable Object> other = Map.of("type", "custom", "custom", Map.of("name", "c"));
    Map<String, @Nullable Object> schema = Map.of("type", "object");
    assertThat(
            withTools(
                ToolChoice.Mode.AUTO,
                new Tool.Function("f", null, null, null),
                new Tool.Function("g", "does g", schema, true),
                new Tool.Other(other)))
        .containsEntry(
            "tools",
            List.of(
                Map.of("type", "function", "function", Map.of("name", "f")),
                Map.of(
                    "type",
                    "function",
                    "function",
                    Map.of(
                        "name",
                        "g",
                        "description",
                        "does g",
                        "parameters",
                        schema,
                        "strict",
                        true)),
                other));
  }

  @ParameterizedTest
  @CsvSource({"AUTO, auto", "NONE, none", "REQUIRED, required"})
  void modesOfChoiceAreWords(ToolChoice.Mode mode, String word) {
    assertThat(withTools(mode)).containsEntry("tool_choice", word).doesNotContainKey("tools");
  }

  @Test
  void otherChoicesAreObjects() {
    assertThat(withTools(new ToolChoice.Named("f")))
        .containsEntry("tool_choice", Map.of("type", "function", "function", Map.of("name", "f")));
    Map<String, @Nullable Object> other = Map.of("type", "allowed_tools");
    assertThat(withTools(new ToolChoice.Other(other))).containsEntry("tool_choice", other);
  }
}
