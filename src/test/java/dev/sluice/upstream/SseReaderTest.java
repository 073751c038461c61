package dev.sluice.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseReaderTest {
  @Test
  void readsEveryLineEnd() {
    assertThat(SseReader.parse("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\n"))
        .extracting(SseEvent::data)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void joinsLinesAndKeepsNamesAndIds() {
    assertThat(SseReader.parse("\uFEFFid: 7\nevent: e\ndata:a\ndata:  b\ndata\n\ndata: \u00fc\n\n"))
        .containsExactly(new SseEvent("e", "a\n b\n", "7"), new SseEvent("message", "\u00fc", "7"));
  }

  @Test
  void skipsCommentsAndEventsWithoutData() {
    var reader =
        new SseReader(
            new ByteArrayInputStream(
                ": hi\n\nevent: e\n\ndata: x\n\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(reader.rest()).containsExactly(new SseEvent("message", "x", ""));
    assertThat(reader.comments()).containsExactly(" hi");
    assertThat(reader.wasCut()).isFalse();
  }

  @Test
  void dropsWhatWasNotDispatched() {
    assertThat(SseReader.parse("data: a\n\ndata: b\n"))
        .extracting(SseEvent::data)
        .containsExactly("a");
  }

  @Test
  void readsTheScripts() {
    assertThat(SseReader.parse(OpenAiScripts.body(2)))
        .extracting(SseEvent::data)
        .containsExactly(
            OpenAiScripts.role(),
            OpenAiScripts.token(0),
            OpenAiScripts.token(1),
            OpenAiScripts.finish("stop"),
            OpenAiScripts.usage(2),
            OpenAiScripts.DONE);
  }
}
