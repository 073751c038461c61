package dev.sluice.wire.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnthropicSplitTest {

  private record Case(String name, byte[] stream, List<Integer> cuts) {}

  private enum LineEnd {
    LF("\n"),
    CRLF("\r\n"),
    CR("\r");

    final String characters;

    LineEnd(String characters) {
      this.characters = characters;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<String> names = Arbitraries.of(Streams.samples().keySet());
    return Combinators.combine(names, Arbitraries.of(LineEnd.class))
        .as((name, end) -> new Case(name, bytes(name, end), List.of()))
        .flatMap(
            whole ->
                Arbitraries.integers()
                    .between(0, whole.stream.length)
                    .list()
                    .ofMaxSize(40)
                    .map(
                        cuts ->
                            new Case(whole.name, whole.stream, cuts.stream().sorted().toList())));
  }

  private static byte[] bytes(String name, LineEnd end) {
    String sample = Streams.samples().getOrDefault(name, "");
    return sample.replace("\n", end.characters).getBytes(UTF_8);
  }

  @Property(tries = 500)
  void answerIsTheSameHoweverItIsSplit(@ForAll("cases") Case split) {
    List<ChatEvent> whole = Streams.read(bytes(split.name, LineEnd.LF));
    assertThat(whole).hasSizeGreaterThan(2);
    assertThat(Streams.read(split.stream, split.cuts)).isEqualTo(whole);
  }

  @Example
  void answerIsTheSameByteByByte() {
    for (String name : Streams.samples().keySet()) {
      for (LineEnd end : LineEnd.values()) {
        byte[] stream = bytes(name, end);
        List<Integer> everywhere = IntStream.range(1, stream.length).boxed().toList();
        assertThat(Streams.read(stream, everywhere))
            .as(name + " " + end)
            .isEqualTo(Streams.read(bytes(name, LineEnd.LF)));
      }
    }
  }

  @Property(tries = 500)
  void damageNeverThrowsAndNeverEndsAnAnswerTwice(@ForAll("cases") Case split, @ForAll long seed) {
    byte[] damaged = Arrays.copyOf(split.stream, split.stream.length);
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    List<ChatEvent> events = Streams.read(damaged, split.cuts);
    assertThat(events.stream().filter(ChatEvent.Terminal.class::isInstance))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(events.stream().filter(ChatEvent.Finished.class::isInstance))
        .hasSizeLessThanOrEqualTo(1);
  }
}
