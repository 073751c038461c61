package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.Http2Upstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.TestCertificates;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Upstreams that offer HTTP/2 by ALPN. */
class Http2ProviderTest {
  private static final long CANCEL = 8;
  private static final List<String> ANSWER =
      List.of(
          OpenAiScripts.role(),
          OpenAiScripts.token(0),
          OpenAiScripts.token(1),
          OpenAiScripts.finish("stop"),
          OpenAiScripts.DONE);
  private static final Http2Upstream upstream = Http2Upstream.start();
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        TestGateway.start(
            """
            http: {port: 0, instances: 1, drain: 0s}
            demo: {enabled: false}
            providers:
              up:
                kind: openai-compatible
                base_url: '%s'
                ca_certificate: '%s'
                timeouts: {first_token: 5s, silence: 300ms}
            """
                .formatted(upstream.url(), TestCertificates.authority().certificateFile()));
    upstream.takeRequest();
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    upstream.close();
  }

  private static void assertAnswers() {
    upstream.answerEvents(ANSWER, false);
    PageReply.streamed(gateway, "up").isDone("t0 t1 ");
    upstream.takeRequest();
    assertThat(upstream.lastVersion()).isEqualTo(HttpVersion.HTTP_2);
  }

  @Test
  void answersArriveOverOneConnection() {
    assertAnswers();
    int connections = upstream.connections();
    assertAnswers();
    assertThat(upstream.connections()).isEqualTo(connections);
  }

  @Test
  void leavingCancelsTheStreamAndKeepsTheConnection() throws IOException {
    assertAnswers();
    int connections = upstream.connections();
    upstream.answerEndlessly(OpenAiScripts.token(0));
    try (var client = RawClient.connect(gateway.port())) {
      client.post("/api/chat/stream", PageReply.question("up", PageReply.QUESTION));
      assertThat(client.readHead().status()).isEqualTo(200);
      assertThat(client.events().next()).isNotNull();
    }
    assertThat(upstream.awaitReset().code()).isEqualTo(CANCEL);
    upstream.takeRequest();
    assertAnswers();
    assertThat(upstream.connections()).isEqualTo(connections);
  }

  @Test
  void aStallCancelsTheStreamAndKeepsTheConnection() {
    assertAnswers();
    int connections = upstream.connections();
    upstream.answerEvents(ANSWER.subList(0, 3), true);
    PageReply.streamed(gateway, "up").brokeOff("t0 t1 ", "upstream_stalled");
    assertThat(upstream.awaitReset().code()).isEqualTo(CANCEL);
    upstream.takeRequest();
    assertAnswers();
    assertThat(upstream.connections()).isEqualTo(connections);
  }

  @Test
  void aStreamThatTheUpstreamResetsBreaksOff() {
    upstream.answer(
        response -> {
          response.putHeader("content-type", "text/event-stream");
          response
              .write("data: " + OpenAiScripts.token(0) + "\n\n")
              .onComplete(written -> response.reset(2));
        });
    PageReply.streamed(gateway, "up").brokeOff("t0 ", "upstream_reset");
    upstream.takeRequest();
    assertAnswers();
  }

  @Test
  void anUpstreamThatSaysGoodbyeIsAskedOverANewConnection() {
    assertAnswers();
    int connections = upstream.connections();
    upstream.goAway();
    assertAnswers();
    assertThat(upstream.connections()).isGreaterThan(connections);
  }
}
