package dev.sluice.wire.anthropic;

import static dev.sluice.wire.anthropic.Streams.PING;
import static dev.sluice.wire.anthropic.Streams.STOP;
import static dev.sluice.wire.anthropic.Streams.block;
import static dev.sluice.wire.anthropic.Streams.delta;
import static dev.sluice.wire.anthropic.Streams.event;
import static dev.sluice.wire.anthropic.Streams.finish;
import static dev.sluice.wire.anthropic.Streams.json;
import static dev.sluice.wire.anthropic.Streams.read;
import static dev.sluice.wire.anthropic.Streams.samples;
import static dev.sluice.wire.anthropic.Streams.start;
import static dev.sluice.wire.anthropic.Streams.stopBlock;
import static dev.sluice.wire.anthropic.Streams.text;
import static dev.sluice.wire.anthropic.Streams.textBlock;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicStreamTest {
  private static final String END = finish("end_turn", "{\"output_tokens\":1}") + STOP;

  private static String sample(String name) {
    return Objects.requireNonNull(samples().get(name));
  }

  private static void assertFails(List<ChatEvent> events, Fault fault) {
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure().fault()).isEqualTo(fault));
  }

  @Test
  void textComesPieceByPieceAndUsageAddsWhatWasCached() {
    assertThat(read(sample("text")))
        .containsExactly(
            new Served("claude-x"),
            new TextDelta("Hel"),
            new TextDelta("lo "),
            new TextDelta("wörld, 日本 😀"),
            new Finished(FinishReason.STOP),
            new UsageReport(new Usage(115, 7, 100, 5, 0, false)),
            new Done());
  }

  @Test
  void thoughtsKeepTheirSealAndSecretOnesAreLeftOut() {
    assertThat(read(sample("thinking")))
        .containsExactly(
            new Served("claude-x"),
            new ReasoningDelta("Let me ", null),
            new ReasoningDelta("see", null),
            new ReasoningDelta("", "c2Vh+bA=="),
            new TextDelta("4"),
            new Finished(FinishReason.STOP),
            new UsageReport(new Usage(115, 40, 100, 5, 30, false)),
            new Done());
  }

  @Test
  void toolCallsAreCountedAmongThemselvesAndAlwaysHaveArguments() {
    assertThat(read(sample("tools")))
        .containsExactly(
            new Served("claude-x"),
            new TextDelta("Looking."),
            new ToolCallDelta(0, "toolu_1", "find", ""),
            new ToolCallDelta(0, null, null, "{\"city\": \"Mün"),
            new ToolCallDelta(0, null, null, "chen \\u00fc 😀\"}"),
            new ToolCallDelta(1, "toolu_2", "now", ""),
            new ToolCallDelta(1, null, null, "{}"),
            new Finished(FinishReason.TOOL_CALLS),
            new UsageReport(new Usage(115, 20, 100, 5, 0, false)),
            new Done());
  }

  @Test
  void argumentsOfCallsThatOverlapStayApart() {
    String stream =
        start()
            + block(0, "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\"}")
            + block(1, "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"g\"}")
            + json(0, "{\\\"x\\\":")
            + json(1, "[]")
            + json(0, "1}")
            + END;
    assertThat(read(stream))
        .containsSubsequence(
            new ToolCallDelta(0, null, null, "{\"x\":"),
            new ToolCallDelta(1, null, null, "[]"),
            new ToolCallDelta(0, null, null, "1}"),
            new Finished(FinishReason.TOOL_CALLS));
  }

  @Test
  void whatTheVendorsOwnToolsDoIsNoToolCall() {
    String stream =
        start()
            + block(0, "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\"}")
            + json(0, "{\\\"query\\\":1}")
            + stopBlock(0)
            + block(1, "{\"type\":\"web_search_tool_result\",\"content\":[{\"text\":\"no\"}]}")
            + stopBlock(1)
            + textBlock(2, "Found.")
            + END;
    assertThat(read(stream))
        .containsExactly(
            new Served("claude-x"),
            new TextDelta("Found."),
            new Finished(FinishReason.STOP),
            new UsageReport(new Usage(115, 1, 100, 5, 0, false)),
            new Done());
  }

  @Test
  void inputThatComesWithTheStartOfACallIsNotLost() {
    String stream =
        start()
            + block(
                0, "{\"input\":{\"a\": [1, 2]},\"name\":\"f\",\"id\":\"t\",\"type\":\"tool_use\"}")
            + END;
    assertThat(read(stream)).contains(new ToolCallDelta(0, null, null, "{\"a\":[1,2]}"));
  }

  @Test
  void moreCallsThanAnyClientTakesAreAFault() {
    StringBuilder stream = new StringBuilder(start());
    for (int i = 0; i < 129; i++) {
      stream.append(block(i, "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\"}"));
    }
    assertFails(read(stream.toString()), Fault.UPSTREAM_PROTOCOL);
  }

  @Test
  void refusalTellsItsReasonBeforeItEnds() {
    assertThat(read(sample("refusal")))
        .containsSubsequence(
            new TextDelta("I"),
            new RefusalDelta("Not this."),
            new Finished(FinishReason.CONTENT_FILTER),
            new Done());
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, STOP",
    "stop_sequence, STOP",
    "max_tokens, LENGTH",
    "model_context_window_exceeded, LENGTH",
    "tool_use, TOOL_CALLS",
    "refusal, CONTENT_FILTER",
    "pause_turn, STOP",
    "compaction, STOP",
    "never_heard_of, STOP"
  })
  void stopReasonsBecomeFinishReasons(String stopReason, FinishReason reason) {
    assertThat(read(start() + finish(stopReason, "{}") + STOP)).contains(new Finished(reason));
  }

  @Test
  void usageIsATotalThatEachTellingReplaces() {
    String stream =
        start()
            + finish("end_turn", "{\"input_tokens\":null,\"output_tokens\":3}")
            + event(
                "message_delta",
                """
                {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{\
                "input_tokens":20,"cache_read_input_tokens":0,"output_tokens":9}}""")
            + STOP;
    assertThat(read(stream))
        .containsExactly(
            new Served("claude-x"),
            new Finished(FinishReason.STOP),
            new UsageReport(new Usage(25, 9, 0, 5, 0, false)),
            new Done());
  }

  @Test
  void countsThatMakeNoSenseAreNoCounts() {
    String usage =
        """
        {"input_tokens":-4,"output_tokens":99999999999999999999,\
        "cache_read_input_tokens":"7","cache_creation_input_tokens":5000000000000000}""";
    assertThat(read(start() + finish("end_turn", usage) + STOP))
        .contains(new UsageReport(new Usage(115, 1, 100, 5, 0, false)));
  }

  @Test
  void withoutCountsThereIsNoUsage() {
    assertThat(read(textBlock(0, "Hi") + STOP))
        .containsExactly(new TextDelta("Hi"), new Finished(FinishReason.STOP), new Done());
  }

  @Test
  void errorWithinTheStreamEndsItInOurWords() {
    List<ChatEvent> events = read(sample("error"));
    assertThat(events).hasSize(3).startsWith(new Served("claude-x"), new TextDelta("Half"));
    assertFails(events, Fault.UPSTREAM_OVERLOADED);
    assertThat(events.toString()).doesNotContain("Overloaded").doesNotContain("req_1");
  }

  @Test
  void withoutMessageStopNothingIsDone() {
    assertThat(read(sample("cut")))
        .containsExactly(
            new Served("claude-x"), new TextDelta("Half"), new Finished(FinishReason.STOP));
  }

  @Test
  void pingsAndUnknownEventsMeanNothingAnywhere() {
    String noise =
        PING
            + ": comment\n\n"
            + event("news", "{\"type\":\"news\",\"delta\":{\"text\":\"x\"}}")
            + delta(0, "{\"type\":\"citations_delta\",\"citation\":{\"text\":\"x\"}}");
    samples()
        .forEach(
            (name, stream) ->
                assertThat(read(noise + stream.replace("\n\n", "\n\n" + noise)))
                    .as(name)
                    .isEqualTo(read(stream)));
  }

  @Test
  void namesOfEventsMayBeMissingOrBeAllThereIs() {
    samples()
        .forEach(
            (name, stream) -> {
              assertThat(read(stream.replaceAll("event: .*\n", ""))).isEqualTo(read(stream));
              assertThat(read(stream.replaceAll("data: \\{\"type\":\"[a-z_]*\",?", "data: {")))
                  .isEqualTo(read(stream));
            });
  }

  @Test
  void membersMayComeInAnyOrder() {
    String stream =
        "data: {\"message\":{\"usage\":{\"input_tokens\":1,\"output_tokens\":1},"
            + "\"model\":\"m\"},\"type\":\"message_start\"}\n\n"
            + "data: {\"delta\":{\"text\":\"Hi\",\"type\":\"text_delta\"},\"index\":0,"
            + "\"type\":\"content_block_delta\"}\n\n"
            + "data: {\"usage\":{\"output_tokens\":2},\"delta\":{\"stop_reason\":\"end_turn\"},"
            + "\"type\":\"message_delta\"}\n\n"
            + STOP;
    assertThat(read(stream))
        .containsExactly(
            new Served("m"),
            new TextDelta("Hi"),
            new Finished(FinishReason.STOP),
            new UsageReport(Usage.of(1, 2)),
            new Done());
    assertFails(
        read(
            "data: {\"error\":{\"message\":\"m\",\"type\":\"rate_limit_error\"},\"type\":\"error\"}\n\n"),
        Fault.UPSTREAM_RATE_LIMITED);
  }

  @Test
  void modelIsNamedOnce() {
    assertThat(read(start() + start() + END)).containsOnlyOnce(new Served("claude-x"));
  }

  @Test
  void afterTheEndNothingCounts() {
    String whole = sample("text");
    assertThat(read(whole + whole + sample("error"))).isEqualTo(read(whole));
  }

  @Test
  void afterItsReasonToStopTheModelSaysNothing() {
    assertThat(read(start() + finish("end_turn", "{}") + text(0, "more") + END))
        .doesNotContain(new TextDelta("more"))
        .endsWith(new Done());
  }

  @Test
  void threeEventsThatAreNoJsonAreBorneAndTheFourthIsNot() {
    String bad = event("content_block_delta", "{\"type\":\"content_block_delta\",\"del");
    String stream = start() + bad + "data: [DONE]\n\n" + "data: 7\n\n" + textBlock(0, "Hi");
    assertThat(read(stream + END)).contains(new TextDelta("Hi")).endsWith(new Done());
    List<ChatEvent> events = read(stream + bad + END);
    assertThat(events).hasSize(3).contains(new TextDelta("Hi"));
    assertFails(events, Fault.UPSTREAM_PROTOCOL);
  }

  @Test
  void membersOfTheWrongKindAreAsGoodAsMissing() {
    String stream =
        event("message_start", "{\"type\":\"message_start\",\"message\":[{\"model\":1}]}")
            + event("message_start", "{\"type\":\"message_start\",\"message\":{\"model\":{}}}")
            + block(0, "null")
            + delta(0, "\"text\"")
            + delta(0, "{\"type\":\"text_delta\",\"text\":{\"text\":\"no\"}}")
            + delta(0, "{\"type\":\"text_delta\",\"text\":\"yes\",\"index\":[[{}]]}")
            + event("message_delta", "{\"type\":\"message_delta\",\"delta\":[],\"usage\":3}")
            + STOP;
    assertThat(read(stream))
        .containsExactly(new TextDelta("yes"), new Finished(FinishReason.STOP), new Done());
  }

  @Test
  void anEventLargerThanAnyShouldBeIsAFault() {
    assertFails(read(start() + text(0, "x".repeat(2 << 20)) + END), Fault.UPSTREAM_PROTOCOL);
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    byte[] stream = (start() + text(0, "a\u00ffb") + END).getBytes(ISO_8859_1);
    assertThat(read(stream)).contains(new TextDelta("a\uFFFDb")).endsWith(new Done());
  }
}
