package dev.sluice.wire.anthropic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import dev.sluice.chat.Usage;
import dev.sluice.wire.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicAnswerTest {

  private static List<ChatEvent> answer(String body) {
    return new AnthropicWire().answer(body.getBytes(UTF_8), Dialect.STANDARD);
  }

  @Test
  void wholeAnswerTellsWhatItsStreamWouldTell() {
    String body =
        """
        {"content":[
           {"thinking":"Hm","signature":"seal","type":"thinking"},
           {"type":"redacted_thinking","data":"secret"},
           {"type":"text","text":"Looking.","citations":null},
           {"type":"text","text":""},
           {"type":"tool_use","id":"toolu_1","name":"find",
            "input":{"city" : "Mün\\u0063hen \\ud83d", "n": 1e400, "deep":[ {} , 0.10 ]},
            "caller":{"type":"direct"}},
           {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],
         "stop_reason":"tool_use","stop_sequence":null,"stop_details":null,
         "usage":{"input_tokens":10,"output_tokens":30,"cache_creation_input_tokens":2,
           "cache_read_input_tokens":3,"output_tokens_details":{"thinking_tokens":20},
           "server_tool_use":null},
         "id":"msg_1","type":"message","role":"assistant","model":"claude-x"}""";
    assertThat(answer(body))
        .containsExactly(
            new Served("claude-x"),
            new ReasoningDelta("Hm", null),
            new ReasoningDelta("", "seal"),
            new TextDelta("Looking."),
            new ToolCallDelta(0, "toolu_1", "find", ""),
            new ToolCallDelta(
                0, null, null, "{\"city\":\"München \ud83d\",\"n\":1E+400,\"deep\":[{},0.10]}"),
            new ToolCallDelta(1, "toolu_2", "now", ""),
            new ToolCallDelta(1, null, null, "{}"),
            new Finished(FinishReason.TOOL_CALLS),
            new UsageReport(new Usage(15, 30, 3, 2, 20, false)),
            new Done());
  }

  @Test
  void moreCallsThanAnyClientTakesAreAFaultAndTheEnd() {
    String call = "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}},";
    List<ChatEvent> events =
        answer("{\"content\":[" + call.repeat(200) + "{}],\"stop_reason\":\"tool_use\"}");
    assertThat(events.get(events.size() - 1)).isInstanceOf(Failed.class);
    assertThat(events).doesNotHaveAnyElementsOfTypes(Finished.class, Done.class);
  }

  @Test
  void refusalTellsItsReason() {
    String body =
        """
        {"type":"message","model":"m","content":[],"stop_reason":"refusal",
         "stop_details":{"category":"x","explanation":"Not this."}}""";
    assertThat(answer(body))
        .containsExactly(
            new Served("m"),
            new RefusalDelta("Not this."),
            new Finished(FinishReason.CONTENT_FILTER),
            new Done());
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error, UPSTREAM_OVERLOADED",
    "rate_limit_error, UPSTREAM_RATE_LIMITED",
    "authentication_error, UPSTREAM_AUTH",
    "permission_error, UPSTREAM_AUTH",
    "billing_error, UPSTREAM_QUOTA_EXHAUSTED",
    "invalid_request_error, UPSTREAM_REJECTED",
    "not_found_error, UNKNOWN_MODEL",
    "request_too_large, BODY_TOO_LARGE",
    "timeout_error, UPSTREAM_ERROR",
    "conflict_error, UPSTREAM_ERROR",
    "api_error, UPSTREAM_ERROR",
    "news_error, UPSTREAM_ERROR"
  })
  void errorInAnAnswersPlaceIsTheFaultThatItsTypeNames(String type, Fault fault) {
    String error = "{\"type\":\"" + type + "\",\"message\":\"secret\"}";
    List<ChatEvent> whole = answer("{\"type\":\"error\",\"error\":" + error + "}");
    assertThat(whole)
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().fault()).isEqualTo(fault);
              assertThat(failed.failure().message()).endsWith(".").doesNotContain("secret");
            });
    assertThat(Streams.read("data: {\"error\":" + error + ",\"type\":\"error\"}\n\n"))
        .isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Sign in</html>",
        "null",
        "[]",
        "{}",
        "{\"content\":\"text\",\"type\":\"message\"}",
        "{\"choices\":[]}",
        "{\"type\":\"message\",\"content\":[{\"type\":\"text\""
      })
  void bodyThatIsNoMessageIsAFault(String body) {
    assertThat(answer(body))
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure().fault()).isEqualTo(Fault.UPSTREAM_PROTOCOL));
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    byte[] body = "{\"content\":[{\"type\":\"text\",\"text\":\"a\u00ffb\"}]}".getBytes(ISO_8859_1);
    assertThat(new AnthropicWire().answer(body, Dialect.STANDARD))
        .contains(new TextDelta("a\uFFFDb"))
        .endsWith(new Done());
  }
}
