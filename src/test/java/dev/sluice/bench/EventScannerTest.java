package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.OpenAiScripts;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventScannerTest {
  private final SequenceChecker sequence = new SequenceChecker();
  private final EventScanner scanner = new EventScanner(sequence);

  private int feed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return scanner.feed(bytes, 0, bytes.length);
  }

  @Property
  void countsTheSameWhereverTheBodyIsCut(@ForAll @IntRange(min = 0, max = 900) int at) {
    String body = OpenAiScripts.body(3);
    int cut = Math.min(at, body.length());
    int tokens = feed(body.substring(0, cut)) + feed(body.substring(cut));
    assertThat(tokens).isEqualTo(3);
    assertThat(sequence.lost(3)).isZero();
    assertThat(scanner.done()).isTrue();
    assertThat(scanner.failed()).isFalse();
  }

  @Test
  void readsThePagesEvents() {
    int tokens =
        feed(
            "data: {\"type\":\"chunk\",\"content\":\"t0 t1 \",\"model\":\"m\"}\n\n: keep-alive\n\n");
    assertThat(tokens).isEqualTo(2);
    assertThat(scanner.done()).isFalse();
    assertThat(feed("data: {\"type\":\"done\",\"model\":\"m\",\"usage\":{}}\n\n")).isZero();
    assertThat(scanner.done()).isTrue();
  }

  @Test
  void noticesAnError() {
    feed("data: {\"type\":\"error\",\"error\":\"upstream_reset\",\"code\":\"x\"}\n\n");
    assertThat(scanner.failed()).isTrue();
    assertThat(scanner.done()).isFalse();
  }
}
