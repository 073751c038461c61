package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatEvent.Done;
import dev.sluice.chat.ChatEvent.Failed;
import dev.sluice.chat.ChatEvent.Finished;
import dev.sluice.chat.ChatEvent.ReasoningDelta;
import dev.sluice.chat.ChatEvent.RefusalDelta;
import dev.sluice.chat.ChatEvent.Served;
import dev.sluice.chat.ChatEvent.TextDelta;
import dev.sluice.chat.ChatEvent.ToolCallDelta;
import dev.sluice.chat.ChatEvent.UsageReport;
import dev.sluice.chat.Fault;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.Model;
import dev.sluice.chat.Usage;
import dev.sluice.wire.Dialect;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiWireTest {
  private final OpenAiWire wire = new OpenAiWire();

  private List<ChatEvent> answer(String body) {
    return wire.answer(body.getBytes(UTF_8), Dialect.STANDARD);
  }

  @Test
  void aWholeAnswerGivesTheEventsThatAStreamWouldGive() {
    String body =
        """
        {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"m",
         "choices":[{"index":0,"finish_reason":"stop","logprobs":null,"message":{
           "role":"assistant","content":"Look: 🌍","refusal":"but no further","annotations":[],
           "reasoning_content":"a globe",
           "tool_calls":[
             {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\" : 1}"}},
             {"id":"a","type":"function","function":{"name":"f","arguments":{"y": [2, 3.10]}}},
             {"type":"custom","custom":{"name":"free","input":"text"}}]}}],
         "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}""";
    assertThat(answer(body))
        .containsExactly(
            new Served("m"),
            new ReasoningDelta("a globe", null),
            new TextDelta("Look: 🌍"),
            new RefusalDelta("but no further"),
            new ToolCallDelta(0, "a", "f", "{\"x\" : 1}"),
            new ToolCallDelta(1, "a", "f", "{\"y\": [2, 3.10]}"),
            new ToolCallDelta(2, "call_2", "free", "text"),
            new Finished(FinishReason.TOOL_CALLS),
            new UsageReport(Usage.of(9, 2)),
            new Done());
  }

  @Test
  void theAncestorOfToolCallsIsReadAsOne() {
    assertThat(
            answer(
                """
                {"choices":[{"message":{"content":null,"function_call":{"name":"f","arguments":"{}"}},
                 "finish_reason":"function_call"}]}"""))
        .containsExactly(
            new ToolCallDelta(0, "call_0", "f", "{}"),
            new Finished(FinishReason.TOOL_CALLS),
            new Done());
  }

  @Test
  void emptyLinesAndAByteOrderMarkMayComeBeforeTheAnswer() {
    String body =
        """
        {"choices":[{"message":{"content":"a","tool_calls":[{"function":{"name":"f","arguments":{"k":"é"}}}]},
         "finish_reason":"stop"}]}""";
    List<ChatEvent> events = answer(body);
    assertThat(events).contains(new ToolCallDelta(0, "call_0", "f", "{\"k\":\"é\"}"));
    assertThat(answer("\n\n \r\n" + body + "\n")).isEqualTo(events);
    assertThat(answer("\uFEFF" + body)).isEqualTo(events);
  }

  @Test
  void badUtf8IsReplaced() {
    byte[] body =
        "{\"choices\":[{\"message\":{\"content\":\"a?\"},\"finish_reason\":\"stop\"}]}"
            .getBytes(UTF_8);
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '?' ? (byte) 0xFF : body[i];
    }
    assertThat(wire.answer(body, Dialect.STANDARD)).startsWith(new TextDelta("a\uFFFD"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | UPSTREAM_PROTOCOL",
        "<html>Log in</html> | UPSTREAM_PROTOCOL",
        "{ | UPSTREAM_PROTOCOL",
        "{} | UPSTREAM_PROTOCOL",
        "[] | UPSTREAM_PROTOCOL",
        "{\"choices\":[]} | UPSTREAM_PROTOCOL",
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"x\"}}]} | UPSTREAM_PROTOCOL",
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"a\" | UPSTREAM_PROTOCOL",
        "{\"choices\":[{\"message\":{\"content\":\"\"}}]} | UPSTREAM_INCOMPLETE",
        "{\"error\":{\"code\":502,\"message\":\"x\"}} | UPSTREAM_ERROR",
        "{\"error\":\"x\"} | UPSTREAM_ERROR",
        "[{\"error\":{\"code\":429}}] | UPSTREAM_RATE_LIMITED",
        "{\"object\":\"error\",\"type\":\"insufficient_quota\"} | UPSTREAM_QUOTA_EXHAUSTED",
      })
  void whatIsNoAnswerIsAFailureAndNothingElse(String body, Fault fault) {
    assertThat(answer(body))
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure().fault()).isEqualTo(fault));
  }

  @Property(tries = 300)
  void anyBodyEndsInExactlyOneTerminalEvent(@ForAll byte[] body) {
    List<ChatEvent> events = wire.answer(body, Dialect.STANDARD);
    assertThat(events).filteredOn(ChatEvent.Terminal.class::isInstance).hasSize(1);
    assertThat(events.get(events.size() - 1)).isInstanceOf(ChatEvent.Terminal.class);
  }

  @Test
  void modelsAreListedAsReceived() {
    String body =
        """
        {"object":"list","data":[{"id":"z","object":"model"},{"id":"models/gemini-4"},{"id":"a/b:c"},
         {"id":""},{"id":7},{"name":"x"},null,"y"]}""";
    assertThat(wire.models(body.getBytes(UTF_8)))
        .containsExactly(
            new Model("z", "z", true),
            new Model("gemini-4", "gemini-4", true),
            new Model("a/b:c", "a/b:c", true));
    assertThat(wire.models("[{\"id\":\"bare\"}]".getBytes(UTF_8))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "7", "{\"data\":null}", "{\"data\":{}}", "<html>"})
  void whatIsNoListHasNoModels(String body) {
    assertThat(wire.models(body.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void aListWithoutEndIsCutShort() {
    String entries =
        IntStream.range(0, 2_500)
            .mapToObj(i -> "{\"id\":\"m" + i + "\"}")
            .collect(Collectors.joining(","));
    assertThat(wire.models(("{\"data\":[" + entries + "]}").getBytes(UTF_8)))
        .hasSize(2_000)
        .startsWith(new Model("m0", "m0", true));
  }
}
