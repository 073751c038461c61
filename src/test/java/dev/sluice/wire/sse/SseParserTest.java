package dev.sluice.wire.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SseParserTest {

  private record Event(String name, String data) {}

  static List<Arguments> examplesOfTheStandard() {
    return List.of(
        example("one line", "data: hello\n\n", data("hello")),
        example("several lines", "data: YHOO\ndata: +2\ndata: 10\n\n", data("YHOO\n+2\n10")),
        example(
            "comment, id, space",
            ": c\n\ndata: one\nid: 1\n\ndata:two\nid\n\ndata:  three\n\n",
            data("one"),
            data("two"),
            data(" three")),
        example("data without a value", "data\n\ndata\ndata\n\ndata:", data(""), data("\n")),
        example(
            "with and without a space", "data:test\n\ndata: test\n\n", data("test"), data("test")),
        example("a name", "event: add\ndata: 7\n\ndata: 8\n\n", new Event("add", "7"), data("8")),
        example("the last name holds", "event: a\nevent: b\ndata: 1\n\n", new Event("b", "1")),
        example("a name without data is forgotten", "event: add\n\ndata: 8\n\n", data("8")),
        example("CRLF", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", data("a\nb"), data("c")),
        example("lone CR", "data: a\rdata: b\r\rdata: c\r\r", data("a\nb"), data("c")),
        example("mixed line ends", "data: a\rdata: b\ndata: c\r\n\n", data("a\nb\nc")),
        example("a byte order mark", "\uFEFFdata: a\n\n", data("a")),
        example("only the first mark goes", "\uFEFF\uFEFFdata: a\n\ndata: b\n\n", data("b")),
        example("no mark later on", "data: a\n\n\uFEFFdata: b\n\n", data("a")),
        example("a mark before an empty line", "\uFEFF\ndata: a\n\n", data("a")),
        example("the unfinished block is dropped", "data: a\n\ndata: b\n", data("a")),
        example("unknown fields", "foo: 1\nretry: 5\nDATA: no\ndata : no\ndata: a\n\n", data("a")),
        example("colons in the value", "data: a:b: c\n\n", data("a:b: c")),
        example("an empty line of data in between", "data: a\ndata\ndata: b\n\n", data("a\n\nb")),
        example("nothing", ""),
        example("only line ends", "\r\n\r\r\n\n"),
        example(
            "letters of several bytes", "event: größe\ndata: 🌍é\n\n", new Event("größe", "🌍é")));
  }

  private static Arguments example(String title, String stream, Event... events) {
    return Arguments.argumentSet(title, stream, List.of(events));
  }

  private static Event data(String data) {
    return new Event("", data);
  }

  @ParameterizedTest
  @MethodSource("examplesOfTheStandard")
  void readsTheExampleAtOnceAndByteByByteAndCutInTwoAnywhere(String stream, List<Event> events) {
    byte[] bytes = stream.getBytes(UTF_8);
    assertThat(parsed(bytes, new int[0])).isEqualTo(events);
    assertThat(parsed(bytes, everyIndex(bytes))).isEqualTo(events);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(parsed(bytes, new int[] {cut})).as("cut at %d", cut).isEqualTo(events);
    }
  }

  @Property(tries = 500)
  void howAStreamIsSplitChangesNothing(
      @ForAll("streams") String stream, @ForAll("cuts") List<Integer> cuts) {
    byte[] bytes = stream.getBytes(UTF_8);
    List<Event> whole = parsed(bytes, new int[0]);
    int[] sorted = cuts.stream().mapToInt(cut -> cut % (bytes.length + 1)).sorted().toArray();
    assertThat(parsed(bytes, sorted)).isEqualTo(whole);
    assertThat(parsed(bytes, everyIndex(bytes))).isEqualTo(whole);
  }

  @Property(tries = 500)
  void whichLineEndsAStreamHasChangesNothing(@ForAll("streams") String stream) {
    String plain = stream.replace("\r\n", "\n").replace('\r', '\n');
    List<Event> events = parsed(plain.getBytes(UTF_8), new int[0]);
    assertThat(parsed(stream.getBytes(UTF_8), new int[0])).isEqualTo(events);
    assertThat(parsed(plain.replace('\n', '\r').getBytes(UTF_8), new int[0])).isEqualTo(events);
    assertThat(parsed(plain.replace("\n", "\r\n").getBytes(UTF_8), new int[0])).isEqualTo(events);
  }

  @Property(tries = 300)
  void noBytesAtAllMakeItThrow(@ForAll byte[] bytes) {
    assertThat(parsed(bytes, everyIndex(bytes))).isEqualTo(parsed(bytes, new int[0]));
  }

  @Provide
  Arbitrary<String> streams() {
    return Arbitraries.of(
            "data",
            "event",
            ":",
            ": ",
            " ",
            "\n",
            "\n\n",
            "\r",
            "\r\n",
            "\r\n\r\n",
            "\uFEFF",
            "id",
            "data: {\"a\":1}",
            "data: ",
            "event: x",
            ": comment",
            "é",
            "🌍",
            "[DONE]",
            "x")
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 1_000).list().ofMaxSize(8);
  }

  @Test
  void readsOnlyTheGivenPartOfTheArray() {
    byte[] bytes = "xxdata: a\n\nyydata: b\n\n".getBytes(UTF_8);
    List<Event> events = new ArrayList<>();
    new SseParser().feed(bytes, 2, 9, sink(events));
    assertThat(events).containsExactly(data("a"));
  }

  @Test
  void anEventOfExactlyTheCapPasses() {
    assertThat(parsedWithCap(16, "data: 0123456789\n\n")).containsExactly(data("0123456789"));
    assertThat(parsedWithCap(16, "data:01234\ndata:567890123\n\n"))
        .containsExactly(data("01234\n567890123"));
  }

  @Test
  void aLineBeyondTheCapOverflowsWhetherItEndsOrNot() {
    List<Event> before = new ArrayList<>();
    for (String tooLong :
        List.of("data: 01234567890\n\n", "data: 01234567890", ": comment 0123456")) {
      for (int step : new int[] {1, 7, 1_000}) {
        before.clear();
        assertThatThrownBy(() -> feed(new SseParser(16), "data: a\n\n" + tooLong, step, before))
            .isInstanceOf(SseOverflowException.class);
        assertThat(before).containsExactly(data("a"));
      }
    }
  }

  @Test
  void manyLinesOfDataBeyondTheCapOverflow() {
    assertThatThrownBy(() -> parsedWithCap(16, "data: 01234567\ndata: 89012345\n\n"))
        .isInstanceOf(SseOverflowException.class);
    assertThatThrownBy(() -> parsedWithCap(16, "data\n".repeat(18)))
        .isInstanceOf(SseOverflowException.class);
  }

  @Test
  void theCapHoldsForOneEventAndNotForTheirSum() {
    assertThat(parsedWithCap(16, "data: 0123456789\n\n".repeat(100))).hasSize(100);
  }

  private static List<Event> parsedWithCap(int cap, String stream) {
    List<Event> events = new ArrayList<>();
    feed(new SseParser(cap), stream, Integer.MAX_VALUE, events);
    return events;
  }

  private static void feed(SseParser parser, String stream, int step, List<Event> events) {
    byte[] bytes = stream.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i += Math.min(step, bytes.length)) {
      parser.feed(bytes, i, Math.min(step, bytes.length - i), sink(events));
    }
  }

  private static int[] everyIndex(byte[] bytes) {
    return IntStream.range(0, bytes.length).toArray();
  }

  /** Every piece has an array of its own, which is spoilt once it was read. */
  private static List<Event> parsed(byte[] bytes, int[] cuts) {
    List<Event> events = new ArrayList<>();
    SseParser parser = new SseParser();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : bytes.length;
      byte[] piece = Arrays.copyOfRange(bytes, from, to);
      parser.feed(piece, 0, piece.length, sink(events));
      Arrays.fill(piece, (byte) '!');
      from = to;
    }
    return events;
  }

  private static SseSink sink(List<Event> events) {
    return (name, data, length) -> events.add(new Event(name, new String(data, 0, length, UTF_8)));
  }
}
