package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatEvent.Done;
import dev.sluice.chat.ChatEvent.Failed;
import dev.sluice.chat.ChatEvent.Finished;
import dev.sluice.chat.ChatEvent.ReasoningDelta;
import dev.sluice.chat.ChatEvent.Served;
import dev.sluice.chat.ChatEvent.TextDelta;
import dev.sluice.chat.ChatEvent.ToolCallDelta;
import dev.sluice.chat.ChatEvent.UsageReport;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The streams are our own, in the manner of each vendor. */
class VendorStreamsTest {
  static final List<String> VENDORS =
      List.of(
          "openai",
          "openai-tools",
          "azure",
          "vllm",
          "vllm-error",
          "ollama",
          "groq",
          "mistral",
          "deepseek",
          "openrouter",
          "llamacpp",
          "together",
          "cut-off");

  static List<Arguments> expectations() {
    return List.of(
        stream(
            "openai",
            new Served("gpt-6.1"),
            new TextDelta("Rivers find the sea 🌊"),
            new Finished(FinishReason.STOP),
            new UsageReport(new Usage(19, 7, 8, 4, 2, false)),
            new Done()),
        stream(
            "openai-tools",
            new Served("gpt-6.1"),
            new ToolCallDelta(0, "call_north", "tide", "{\"port\": \"Brest\"}"),
            new ToolCallDelta(1, "call_south", "wind", "{}"),
            new Finished(FinishReason.TOOL_CALLS),
            new UsageReport(Usage.of(50, 20)),
            new Done()),
        stream(
            "azure",
            new Served("gpt-6.1-2026-08-01"),
            new TextDelta("Clouds pass."),
            new Finished(FinishReason.CONTENT_FILTER),
            new UsageReport(Usage.of(11, 4)),
            new Done()),
        stream(
            "vllm",
            new Served("Qwen/Qwen4-8B"),
            new ReasoningDelta("Two and two...", null),
            new TextDelta("Four."),
            new Finished(FinishReason.STOP),
            new UsageReport(Usage.of(12, 6)),
            new Done()),
        stream(
            "vllm-error",
            new Served("Qwen/Qwen4-8B"),
            new TextDelta("Half an"),
            failed(Fault.UPSTREAM_ERROR, "The model's provider failed.")),
        stream(
            "ollama",
            new Served("gpt-oss:20b"),
            new ReasoningDelta("A tool knows.", null),
            new ToolCallDelta(0, "call_x1", "moon", "{\"day\":3}"),
            new Finished(FinishReason.TOOL_CALLS),
            new UsageReport(Usage.of(90, 31)),
            new Done()),
        stream(
            "groq",
            new Served("llama-5-70b"),
            new TextDelta("Fast."),
            new Finished(FinishReason.LENGTH),
            new UsageReport(Usage.of(40, 2)),
            new Done()),
        stream(
            "mistral",
            new Served("magistral-3"),
            new ReasoningDelta("Hm, yes.", null),
            new TextDelta("Oui et non"),
            new ToolCallDelta(0, "aB3dE5fG7", "one", "{\"n\": 1.50}"),
            new ToolCallDelta(1, "hI9jK1lM3", "two", "{}"),
            new Finished(FinishReason.LENGTH),
            new UsageReport(Usage.of(7, 9)),
            new Done()),
        stream(
            "deepseek",
            new Served("deepseek-v4"),
            new ReasoningDelta("深い", null),
            new TextDelta("海"),
            new Finished(FinishReason.STOP),
            new UsageReport(new Usage(70, 5, 64, 0, 3, false)),
            new Done()),
        stream(
            "openrouter",
            new Served("a/b:free"),
            new ReasoningDelta("Why", null),
            new TextDelta("Because"),
            failed(
                Fault.UPSTREAM_RATE_LIMITED,
                "The model's provider takes no more requests for the moment.")),
        stream(
            "llamacpp",
            new Served("gguf"),
            new ReasoningDelta("llamas", null),
            new TextDelta("Spit."),
            new Finished(FinishReason.STOP),
            new UsageReport(Usage.of(30, 3)),
            new Done()),
        stream(
            "together",
            new Served("org/model"),
            new TextDelta("Now"),
            new Finished(FinishReason.STOP),
            new UsageReport(Usage.of(5, 2)),
            new Done()),
        stream("cut-off", new Served("m"), new TextDelta("It was a dark and")));
  }

  private static Arguments stream(String vendor, ChatEvent... events) {
    return Arguments.argumentSet(vendor, vendor, List.of(events));
  }

  private static Failed failed(Fault fault, String message) {
    return new Failed(Failure.of(fault, message));
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void theStreamMeansWhatTheVendorMeans(String vendor, List<ChatEvent> expected) {
    assertThat(Reading.joined(Reading.stream(text(vendor)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @FieldSource("VENDORS")
  void aStreamThatIsCutInTwoAnywhereOrComesByteByByteMeansTheSame(String vendor) {
    byte[] bytes = text(vendor).getBytes(UTF_8);
    List<ChatEvent> whole = Reading.stream(bytes, new int[0]);
    assertThat(Reading.stream(bytes, IntStream.range(0, bytes.length).toArray())).isEqualTo(whole);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(Reading.stream(bytes, new int[] {cut})).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Property(tries = 300)
  void lineEndsAndCommentsAndCutsChangeNothing(
      @ForAll("vendors") String vendor, @ForAll("lineEnds") String lineEnd, @ForAll Random random) {
    String text = text(vendor);
    List<ChatEvent> plain = Reading.stream(text);
    String disturbed =
        text.lines()
            .map(line -> line.isEmpty() && random.nextBoolean() ? ": OPENROUTER\n" + line : line)
            .map(line -> random.nextInt(4) == 0 ? "id: 7\n" + line : line)
            .reduce("", (head, line) -> head + line + "\n")
            .replace("\n", lineEnd);
    byte[] bytes = disturbed.getBytes(UTF_8);
    int[] cuts = random.ints(6, 0, bytes.length + 1).sorted().toArray();
    assertThat(Reading.stream(bytes, cuts)).isEqualTo(plain);
  }

  @Provide
  Arbitrary<String> vendors() {
    return Arbitraries.of(VENDORS);
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n", "\r");
  }

  private static String text(String vendor) {
    try (InputStream stream = VendorStreamsTest.class.getResourceAsStream(vendor + ".sse")) {
      return new String(requireNonNull(stream).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
