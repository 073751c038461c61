package dev.sluice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonOutputTest {
  private static String read(byte[] json) throws IOException {
    try (var parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      String text = parser.getText();
      assertThat(parser.nextToken()).isNull();
      return text;
    }
  }

  /** Any UTF-16, often with halves of surrogate pairs, and often with what JSON escapes. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.chars().all(),
            Arbitraries.chars().range('\ud7ff', '\ue000'),
            Arbitraries.chars().range('\0', '\u0100'),
            Arbitraries.of('"', '\\', '\n', '\u2028', '\u07ff', '\u0800'))
        .list()
        .ofMaxSize(200)
        .map(chars -> chars.stream().map(String::valueOf).collect(Collectors.joining()));
  }

  @Property
  void anyTextIsReadBackAsItWas(@ForAll("texts") String text) throws IOException {
    assertThat(read(new JsonOutput().string(text).toBytes())).isEqualTo(text);
  }

  @Property
  void aTextThatIsCutAnywhereIsReadBackWhole(@ForAll("texts") String text) throws IOException {
    for (int cut = 0; cut <= text.length(); cut += Math.max(1, text.length() / 7)) {
      var out = new JsonOutput().raw("\"").content(text.substring(0, cut));
      assertThat(read(out.content(text.substring(cut)).raw("\"").toBytes())).isEqualTo(text);
    }
  }

  @Property
  void whatIsWrittenStaysOnOneLineAndIsUtf8(@ForAll("texts") String text) {
    byte[] written = new JsonOutput().content(text).toBytes();
    for (byte b : written) {
      assertThat(b < 0 || b >= ' ').isTrue();
    }
    assertThat(new String(written, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
        .isEqualTo(written);
  }

  @Property
  void numbersAreWrittenInFull(@ForAll long number) {
    assertThat(new JsonOutput().number(number).toBytes()).asString().isEqualTo("" + number);
  }

  @Example
  void whatIsClearedIsGone() {
    var out = new JsonOutput().raw("x").clear();
    assertThat(out.isEmpty()).isTrue();
    assertThat(out.string("y").toBytes()).asString().isEqualTo("\"y\"");
    assertThat(out.length()).isEqualTo(3);
  }
}
