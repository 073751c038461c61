package dev.sluice.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatEvent.Done;
import dev.sluice.chat.ChatEvent.Failed;
import dev.sluice.chat.ChatEvent.Finished;
import dev.sluice.chat.ChatEvent.ReasoningDelta;
import dev.sluice.chat.ChatEvent.RefusalDelta;
import dev.sluice.chat.ChatEvent.Served;
import dev.sluice.chat.ChatEvent.TextDelta;
import dev.sluice.chat.ChatEvent.UsageReport;
import dev.sluice.chat.Fault;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiAnswerReaderTest {
  private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";
  private static final String DONE = "[DONE]";

  private static String delta(String members) {
    return "{\"choices\":[{\"index\":0,\"delta\":{" + members + "}}]}";
  }

  private static String text(String text) {
    return delta("\"content\":\"" + text + "\"");
  }

  private static String finish(String reason) {
    return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
  }

  // The end of an answer.

  @Test
  void aDoneIsBelievedAfterAFinishReasonOrAfterContent() {
    assertThat(Reading.chunks(STOP, DONE))
        .containsExactly(new Finished(FinishReason.STOP), new Done());
    assertThat(Reading.chunks(text("a"), DONE)).containsExactly(new TextDelta("a"), new Done());
  }

  @Test
  void aDoneWithoutAnythingBeforeItIsNoEnd() {
    assertThat(Reading.chunks(DONE)).isEmpty();
    assertThat(Reading.chunks(delta("\"role\":\"assistant\",\"content\":\"\""), DONE, DONE))
        .isEmpty();
  }

  @Test
  void theEndOfTheBodyIsTheEndIfAFinishReasonCame() {
    assertThat(Reading.chunks(text("a"), STOP))
        .endsWith(new Finished(FinishReason.STOP), new Done());
    assertThat(Reading.chunks(text("a"))).containsExactly(new TextDelta("a"));
  }

  @Test
  void nothingIsReadAfterTheEnd() {
    assertThat(Reading.chunks(text("a"), DONE, text("b"), DONE))
        .containsExactly(new TextDelta("a"), new Done());
    assertThat(Reading.chunks(DONE, text("b"), DONE)).isEmpty();
    assertThat(Reading.chunks("{\"error\":\"x\"}", text("b"), STOP, DONE))
        .singleElement()
        .isInstanceOf(Failed.class);
  }

  @Test
  void theDoneMayHaveBlanksAroundIt() {
    assertThat(Reading.stream("data: " + STOP + "\n\ndata:  [DONE] \t\n\n")).endsWith(new Done());
    assertThat(Reading.stream("data:" + STOP + "\n\ndata:[DONE]\n\n")).endsWith(new Done());
  }

  @Test
  void aFinishReasonOnEveryChunkLosesNoText() {
    String chunk = "{\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}";
    assertThat(Reading.chunks(chunk.formatted("a"), chunk.formatted("b"), finish("length"), DONE))
        .containsExactly(
            new TextDelta("a"), new TextDelta("b"), new Finished(FinishReason.LENGTH), new Done());
  }

  @ParameterizedTest
  @CsvSource({
    "stop, STOP",
    "eos, STOP",
    "something_new, STOP",
    "length, LENGTH",
    "model_length, LENGTH",
    "tool_calls, TOOL_CALLS",
    "function_call, TOOL_CALLS",
    "content_filter, CONTENT_FILTER",
  })
  void finishReasonsOfAllVendorsAreOneOfFour(String name, FinishReason reason) {
    assertThat(Reading.chunks(finish(name), DONE))
        .containsExactly(new Finished(reason), new Done());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "7", "{}"})
  void whatIsNoFinishReasonEndsNothing(String value) {
    assertThat(Reading.chunks("{\"choices\":[{\"delta\":{},\"finish_reason\":" + value + "}]}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"error, UPSTREAM_ERROR", "insufficient_system_resource, UPSTREAM_OVERLOADED"})
  void aFailureDressedAsAFinishReasonIsAFailure(String name, Fault fault) {
    assertThat(faults(Reading.chunks(text("a"), finish(name), DONE))).containsExactly(fault);
  }

  // What is said.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[]}",
        "{\"choices\":null}",
        "{\"choices\":{}}",
        "{\"choices\":[null,7,[]]}",
        "{\"choices\":[{}]}",
        "{\"choices\":[{\"delta\":null}]}",
        "{\"choices\":[{\"delta\":[]}]}",
        "{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":null,\"refusal\":null}}]}",
        "{\"choices\":[{\"delta\":{\"content\":{\"a\":1},\"tool_calls\":{},\"reasoning\":{}}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[1,null,{\"text\":null}],\"tool_calls\":[null]}}]}",
        "{\"id\":\"\",\"model\":\"\",\"usage\":[],\"x_groq\":7,\"error\":null}",
        "{\"error\":\"\"}",
        "{\"error\":false}",
        "{}",
        "",
        " "
      })
  void oddButEmptyChunksSayNothing(String chunk) {
    assertThat(Reading.chunks(chunk, chunk, chunk, chunk, chunk)).isEmpty();
  }

  @Test
  void theModelIsNamedOnceAndBeforeAllContent() {
    String chunk = "{\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}";
    assertThat(Reading.chunks("{\"model\":\"\",\"choices\":[]}", chunk, chunk))
        .containsExactly(new Served("m"), new TextDelta("a"), new TextDelta("a"));
    assertThat(Reading.chunks(text("a"), chunk))
        .containsExactly(new TextDelta("a"), new TextDelta("a"));
  }

  @Test
  void reasoningIsReadUnderEitherNameAndNotTwice() {
    assertThat(
            Reading.chunks(
                delta("\"reasoning\":\"a\""),
                delta("\"reasoning_content\":\"b\""),
                delta("\"reasoning\":\"c\",\"reasoning_content\":\"C\""),
                delta("\"reasoning\":\"e\",\"reasoning_content\":null"),
                delta("\"reasoning\":\"\",\"reasoning_content\":\"d\"")))
        .containsExactly(
            new ReasoningDelta("a", null),
            new ReasoningDelta("b", null),
            new ReasoningDelta("c", null),
            new ReasoningDelta("e", null),
            new ReasoningDelta("d", null));
  }

  @Test
  void refusalsAndArraysOfPartsAreRead() {
    assertThat(
            Reading.chunks(
                delta("\"refusal\":\"no\""),
                delta(
                    "\"content\":[{\"refusal\":\"no\"},\"a\",{\"text\":\"b\"}],\"refusal\":null")))
        .containsExactly(new RefusalDelta("no"), new TextDelta("ab"), new RefusalDelta("no"));
  }

  @Test
  void onlyTheFirstChoiceCountsWhereverItsIndexStands() {
    String other = "{\"delta\":{\"content\":\"no\"},\"finish_reason\":\"length\",\"index\":1}";
    String first = "{\"delta\":{\"content\":\"yes\"},\"index\":0}";
    assertThat(
            Reading.chunks(
                "{\"choices\":[" + other + "," + first + "]}",
                "{\"choices\":[" + other + "]}",
                DONE))
        .containsExactly(new TextDelta("yes"), new Done());
  }

  @Test
  void ofChoicesWithoutAnIndexTheFirstCounts() {
    assertThat(
            Reading.chunks(
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":{\"content\":\"b\"}}]}"))
        .containsExactly(new TextDelta("a"));
  }

  @Test
  void aCharacterThatWasCutBetweenItsSurrogatesIsJoined() {
    assertThat(Reading.chunks(text("a\\ud83c"), text("\\udf0d!")))
        .containsExactly(new TextDelta("a"), new TextDelta("🌍!"));
    assertThat(Reading.chunks(text("\\ud83c"), text("b"), text("\\udf0d")))
        .containsExactly(new TextDelta("\uFFFDb"), new TextDelta("\uFFFD"));
  }

  // What it cost.

  @Test
  void theLastUsageHoldsAndIsToldOnceBeforeTheEnd() {
    assertThat(
            Reading.chunks(
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}",
                STOP,
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}",
                "{\"choices\":[],\"usage\":null}",
                DONE))
        .containsExactly(
            new Finished(FinishReason.STOP), new UsageReport(Usage.of(3, 4)), new Done());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"total_tokens\":7}",
        "{\"prompt_tokens\":-1,\"completion_tokens\":4}",
        "{\"prompt_tokens\":1,\"completion_tokens\":-4}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1e30}",
        "{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":1}",
        "{\"prompt_tokens\":\"many\",\"completion_tokens\":1}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"prompt_cache_hit_tokens\":-9}"
      })
  void usageThatMakesNoSenseIsNotTold(String usage) {
    assertThat(Reading.chunks(STOP, "{\"choices\":[],\"usage\":" + usage + "}", DONE))
        .containsExactly(new Finished(FinishReason.STOP), new Done());
  }

  @Test
  void aPartIsNeverMoreThanTheWholeOfATokenCount() {
    String usage =
        """
        {"prompt_tokens":5.0,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":9},\
        "completion_tokens_details":{"reasoning_tokens":3,"audio_tokens":null}}""";
    assertThat(Reading.chunks(STOP, "{\"choices\":[],\"usage\":" + usage + "}"))
        .contains(new UsageReport(new Usage(5, 2, 5, 0, 2, false)));
  }

  private static List<Fault> faults(List<ChatEvent> events) {
    return events.stream()
        .filter(ChatEvent.Terminal.class::isInstance)
        .map(event -> ((Failed) event).failure().fault())
        .toList();
  }
}
