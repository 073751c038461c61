package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SequenceCheckerTest {
  private static SequenceChecker check(String... content) {
    var checker = new SequenceChecker();
    for (String part : content) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      checker.feed(bytes, 0, bytes.length);
    }
    return checker;
  }

  private static String found(SequenceChecker checker, int total) {
    return "lost "
        + checker.lost(total)
        + " twice "
        + checker.duplicated()
        + " late "
        + checker.reordered();
  }

  @Test
  void acceptsTheWholeSequenceHoweverItWasMerged() {
    var checker = check("t0 ", "t1 t2 ", "t", "3", " t4 ");
    assertThat(checker.tokens()).isEqualTo(5);
    assertThat(checker.garbled()).isZero();
    assertThat(found(checker, 5)).isEqualTo("lost 0 twice 0 late 0");
  }

  @Test
  void missesALostToken() {
    assertThat(found(check("t0 t1 t3 t4 "), 5)).isEqualTo("lost 1 twice 0 late 0");
  }

  @Test
  void missesTheEndOfACutStream() {
    assertThat(found(check("t0 t1 "), 5)).isEqualTo("lost 3 twice 0 late 0");
  }

  @Test
  void missesTheLastTokenWhenItsSpaceIsLost() {
    assertThat(found(check("t0 t1"), 2)).isEqualTo("lost 1 twice 0 late 0");
  }

  @Test
  void noticesTokensOutOfOrder() {
    assertThat(found(check("t0 t2 t1 t3 "), 4)).isEqualTo("lost 0 twice 0 late 1");
    assertThat(found(check("t3 t2 t1 t0 "), 4)).isEqualTo("lost 0 twice 0 late 3");
  }

  @Test
  void noticesATokenThatComesTwice() {
    assertThat(found(check("t0 t1 t1 t2 "), 3)).isEqualTo("lost 0 twice 1 late 0");
    assertThat(found(check("t0 t2 t2 t1 "), 3)).isEqualTo("lost 0 twice 1 late 1");
  }

  @Test
  void noticesWhatIsNoToken() {
    assertThat(check("t0 xt1 ").garbled()).isEqualTo(1);
    assertThat(check("t0 t ").garbled()).isEqualTo(1);
  }

  @Test
  void numbersAloneCountAsWell() {
    assertThat(found(check("0 1 2 "), 3)).isEqualTo("lost 0 twice 0 late 0");
    assertThat(found(check("0 2 1 4 "), 5)).isEqualTo("lost 1 twice 0 late 1");
    assertThat(check("0 1 t2 ").garbled()).isPositive();
  }

  @Property
  void findsEveryLostTokenWhereverItWas(
      @ForAll @IntRange(min = 0, max = 99) int first,
      @ForAll @IntRange(min = 0, max = 99) int second) {
    var checker = new SequenceChecker();
    for (int n = 0; n < 100; n++) {
      if (n != first && n != second) {
        byte[] token = ("t" + n + " ").getBytes(StandardCharsets.UTF_8);
        checker.feed(token, 0, token.length);
      }
    }
    assertThat(found(checker, 100))
        .isEqualTo("lost " + (first == second ? 1 : 2) + " twice 0 late 0");
  }
}
