package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.Waiting;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private LoadReport load(MockUpstream mock, boolean gather, String... more) throws Exception {
    int port = ChildProcess.freePort();
    vertx
        .deployVerticle(new ProxyVerticle(port, mock.port(), gather))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    String[] args = new String[more.length + 2];
    args[0] = "--url";
    args[1] = "http://127.0.0.1:" + port + "/v1/chat/completions";
    System.arraycopy(more, 0, args, 2, more.length);
    return StreamLoad.run(LoadOptions.of(args));
  }

  private void passesAllOn(boolean gather) throws Exception {
    try (var mock = MockUpstream.start(0, new MockSettings(50, 0, 4))) {
      var report = load(mock, gather, "--streams", "20", "--requests", "100", "--tokens", "50");
      assertThat(report.faults()).isZero();
      assertThat(report.tokens).isEqualTo(5000);
    }
  }

  @Test
  void passesStreamsOnChunkByChunk() throws Exception {
    passesAllOn(false);
  }

  @Test
  void passesStreamsOnTickByTick() throws Exception {
    passesAllOn(true);
  }

  @Test
  void passesSmallAnswersOn() throws Exception {
    try (var mock = MockUpstream.start(0, MockSettings.DEFAULT)) {
      assertThat(load(mock, true, "--plain", "--connections", "4", "--requests", "40").faults())
          .isZero();
    }
  }

  @Test
  void leavesTheUpstreamWhenItsClientsDo() throws Exception {
    try (var mock = MockUpstream.start(0, new MockSettings(1_000_000, 10_000, 1))) {
      load(mock, false, "--streams", "50", "--seconds", "1", "--abandon");
      Waiting.until("all streams are gone", () -> MockControl.count(mock.port(), "open") == 0);
    }
  }
}
