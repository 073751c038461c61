package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManyStreamsTest {
  private static final int STREAMS = 1_000;
  private static final int TOKENS = 60;
  private static final int PACE_MICROS = 50_000;

  private static LoadReport load(TestGateway gateway, String... more) throws Exception {
    var args =
        Stream.concat(
                Stream.of(
                    "--url", "http://127.0.0.1:" + gateway.port() + "/api/chat/stream",
                    "--streams", "" + STREAMS,
                    "--requests", "" + STREAMS,
                    "--tokens", "" + TOKENS,
                    "--ramp", "500"),
                Stream.of(more))
            .toArray(String[]::new);
    return StreamLoad.run(LoadOptions.of(args));
  }

  @Test
  void aThousandStreamsAtOnceLoseNothing() throws Exception {
    try (var upstream = MockUpstream.start(0, new MockSettings(TOKENS, PACE_MICROS, 1));
        var gateway =
            TestGateway.start(
                """
                providers:
                  openai:
                    base_url: http://127.0.0.1:%d/v1
                    api_key: a-key
                    models: [mock-1]
                """
                    .formatted(upstream.port()))) {
      var report = load(gateway);
      assertThat(report.faults()).as(report.toString()).isZero();
      assertThat(report.whole).isEqualTo(STREAMS);
      assertThat(report.tokens).isEqualTo((long) STREAMS * TOKENS);
      assertThat(upstream.counts().left).isZero();
      assertThat(upstream.counts().open).isZero();
    }
  }
}
