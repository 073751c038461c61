package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StreamLoadTest {
  private static LoadReport load(int port, String... more) throws IOException {
    String[] args = new String[more.length + 2];
    args[0] = "--url";
    args[1] = "http://127.0.0.1:" + port + "/v1/chat/completions";
    System.arraycopy(more, 0, args, 2, more.length);
    return StreamLoad.run(LoadOptions.of(args));
  }

  private static LoadReport loadOf(Consumer<Reply> script) throws IOException {
    try (var upstream = FakeUpstream.start().answer(script)) {
      return load(upstream.port(), "--streams", "1", "--requests", "1", "--tokens", "3");
    }
  }

  @Test
  void findsNothingWrongWithTheMock() throws IOException {
    for (var settings :
        new MockSettings[] {
          new MockSettings(50, 0, 1), new MockSettings(50, 0, 16), new MockSettings(10, 2000, 1)
        }) {
      try (var mock = MockUpstream.start(0, settings)) {
        var report =
            load(
                mock.port(),
                "--streams",
                "20",
                "--requests",
                "60",
                "--tokens",
                "" + settings.tokens());
        assertThat(report.faults()).isZero();
        assertThat(report.whole).isEqualTo(60);
        assertThat(report.tokens).isEqualTo(report.whole * settings.tokens());
        assertThat(report.firstToken.count()).isEqualTo(report.whole);
      }
    }
  }

  @Test
  void asksForAnswersThatAreNotStreamed() throws IOException {
    try (var mock = MockUpstream.start(0, MockSettings.DEFAULT)) {
      var report = load(mock.port(), "--plain", "--connections", "8", "--requests", "100");
      assertThat(report.faults()).isZero();
      assertThat(report.whole).isEqualTo(100);
    }
  }

  @Test
  void leavesTheMockNothingWhenItAbandons() throws IOException {
    try (var mock = MockUpstream.start(0, new MockSettings(1_000_000, 10_000, 1))) {
      var report = load(mock.port(), "--streams", "20", "--seconds", "1", "--abandon");
      assertThat(report.abandoned).isEqualTo(20);
      assertThat(report.faults()).isZero();
      Waiting.until("all streams are gone", () -> MockControl.count(mock.port(), "open") == 0);
      assertThat(MockControl.count(mock.port(), "left")).isEqualTo(20);
    }
  }

  @Test
  void changesTheSettingsOfTheMock() throws IOException {
    try (var mock = MockUpstream.start(0, MockSettings.DEFAULT)) {
      MockControl.use(mock.port(), new MockSettings(7, 0, 2));
      assertThat(load(mock.port(), "--requests", "1", "--streams", "1", "--tokens", "7").faults())
          .isZero();
    }
  }

  @Test
  void noticesALostToken() throws IOException {
    assertThat(
            loadOf(
                    r ->
                        OpenAiScripts.end(
                            r.sse().event(OpenAiScripts.token(0)).event(OpenAiScripts.token(2))))
                .lost)
        .isEqualTo(1);
  }

  @Test
  void noticesTokensOutOfOrder() throws IOException {
    var report =
        loadOf(
            reply ->
                OpenAiScripts.end(
                    reply
                        .sse()
                        .event(OpenAiScripts.token(1))
                        .event(OpenAiScripts.token(0))
                        .event(OpenAiScripts.token(2))));
    assertThat(report.reordered).isEqualTo(1);
    assertThat(report.lost).isZero();
  }

  @Test
  void noticesAStreamWithoutItsTerminalEvent() throws IOException {
    var report = loadOf(reply -> OpenAiScripts.tokens(reply.sse(), 3, Duration.ZERO).end());
    assertThat(report.cut).isEqualTo(1);
    assertThat(report.whole).isZero();
  }

  @Test
  void noticesAConnectionThatWasCut() throws IOException {
    assertThat(loadOf(reply -> reply.sse().event(OpenAiScripts.token(0)).cut()).cut).isEqualTo(1);
    assertThat(loadOf(reply -> reply.sse().event(OpenAiScripts.token(0)).reset()).cut).isEqualTo(1);
    assertThat(loadOf(Reply::reset).lost).isEqualTo(3);
  }

  @Test
  void noticesErrors() throws IOException {
    assertThat(loadOf(OpenAiScripts.error(429, "x", "y")).refused).isEqualTo(1);
    assertThat(loadOf(reply -> reply.sse().event("{\"error\":{\"message\":\"x\"}}").end()).failed)
        .isEqualTo(1);
  }
}
