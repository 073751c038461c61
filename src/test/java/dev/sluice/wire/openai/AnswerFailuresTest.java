package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatEvent.Failed;
import dev.sluice.chat.ChatEvent.TextDelta;
import dev.sluice.chat.ChatEvent.ToolCallDelta;
import dev.sluice.chat.Fault;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UpstreamWire.AnswerReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a streamed answer may do wrong, and what becomes of it. */
class AnswerFailuresTest {
  private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";
  private static final String DONE = "[DONE]";

  private static String delta(String members) {
    return "{\"choices\":[{\"index\":0,\"delta\":{" + members + "}}]}";
  }

  private static String text(String text) {
    return delta("\"content\":\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"message\":\"x\"}} | UPSTREAM_ERROR",
        "{\"error\":\"x\"} | UPSTREAM_ERROR",
        "{\"error\":{},\"choices\":[]} | UPSTREAM_ERROR",
        "{\"error\":{\"code\":\"context_length_exceeded\"}} | CONTEXT_LENGTH_EXCEEDED",
        "{\"error\":{\"code\":402}} | UPSTREAM_QUOTA_EXHAUSTED",
        "{\"error\":{\"code\":1302,\"type\":\"rate_limit_error\"}} | UPSTREAM_RATE_LIMITED",
        "{\"error\":{\"type\":\"overloaded_error\"}} | UPSTREAM_OVERLOADED",
        "{\"error\":{\"type\":\"invalid_request_error\"}} | UPSTREAM_REJECTED",
        "{\"error\":{\"type\":\"authentication_error\"}} | UPSTREAM_AUTH",
        "{\"error\":{\"code\":\"content_filter\"}} | CONTENT_FILTER",
        "{\"choices\":[],\"x_groq\":{\"error\":\"over capacity\"}} | UPSTREAM_ERROR",
        "{\"object\":\"error\",\"message\":\"x\",\"code\":400} | UPSTREAM_REJECTED",
        "{\"detail\":\"x\"} | UPSTREAM_ERROR",
      })
  void anErrorInTheStreamIsAFailure(String chunk, Fault fault) {
    assertThat(faults(Reading.chunks(text("a"), chunk, STOP, DONE))).containsExactly(fault);
  }

  @Test
  void anEventByTheNameOfErrorIsAFailureWhateverItHolds() {
    assertThat(faults(Reading.stream("event: error\ndata: went wrong\n\n")))
        .containsExactly(Fault.UPSTREAM_ERROR);
    assertThat(faults(Reading.stream("event: error\ndata: {\"error\":{\"code\":429}}\n\n")))
        .containsExactly(Fault.UPSTREAM_RATE_LIMITED);
  }

  @Test
  void textInTheChunkOfAnErrorIsKept() {
    assertThat(
            Reading.chunks(
                "{\"error\":\"x\",\"choices\":[{\"delta\":{\"content\":\"last words\"}}]}"))
        .hasSize(2)
        .startsWith(new TextDelta("last words"));
  }

  @Test
  void threeEventsThatAreNoJsonArePassedOverAndTheFourthEndsIt() {
    List<ChatEvent> events =
        Reading.chunks(
            "{\"choices\":[{\"delta\":{\"content\":\"lost", "nonsense", "[1]", text("a"));
    assertThat(events).containsExactly(new TextDelta("a"));
    assertThat(faults(Reading.chunks("{", "{}{}", "null", "[DONE", text("a"))))
        .containsExactly(Fault.UPSTREAM_PROTOCOL);
  }

  @Test
  void badUtf8IsReplacedAndFailsNothing() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes("data: {\"choices\":[{\"delta\":{\"content\":\"a".getBytes(UTF_8));
    stream.write(0xFF);
    stream.write(0xC3);
    stream.writeBytes("b\"},\"x\":\"".getBytes(UTF_8));
    stream.write(0xE2);
    stream.writeBytes("\"}]}\n\n".getBytes(UTF_8));
    assertThat(Reading.stream(stream.toByteArray(), new int[0]))
        .containsExactly(new TextDelta("a\uFFFD\uFFFDb"));
  }

  @Test
  void anEventBeyondTheCapIsAFailure() {
    List<ChatEvent> events = Reading.chunks(text("a"), text("x".repeat(1 << 20)), text("b"));
    assertThat(events).startsWith(new TextDelta("a"));
    assertThat(faults(events)).containsExactly(Fault.UPSTREAM_PROTOCOL);
  }

  @Test
  void moreToolCallsThanAnyClientTakesAreAFailure() {
    List<ChatEvent> events = new ArrayList<>();
    AnswerReader reader = new OpenAiWire().answerReader(Dialect.STANDARD);
    for (int i = 0; i < 200; i++) {
      String call = "\"tool_calls\":[{\"index\":" + i + ",\"function\":{\"name\":\"f\"}}]";
      byte[] chunk = ("data: " + delta(call) + "\n\n").getBytes(UTF_8);
      reader.read(chunk, 0, chunk.length, events::add);
    }
    assertThat(faults(events)).containsExactly(Fault.UPSTREAM_PROTOCOL);
    assertThat(events).filteredOn(ToolCallDelta.class::isInstance).hasSizeLessThan(130);
  }

  @Property(tries = 300)
  void noBytesMakeItThrowAndAtMostOneEventIsTerminal(@ForAll byte[] bytes, @ForAll String text) {
    for (byte[] stream : List.of(bytes, ("data: " + text + "\n\n").getBytes(UTF_8))) {
      assertThat(Reading.stream(stream, new int[0]))
          .filteredOn(ChatEvent.Terminal.class::isInstance)
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  private static List<Fault> faults(List<ChatEvent> events) {
    return events.stream()
        .filter(ChatEvent.Terminal.class::isInstance)
        .map(event -> ((Failed) event).failure().fault())
        .toList();
  }
}
