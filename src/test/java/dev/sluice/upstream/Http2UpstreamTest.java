package dev.sluice.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http2UpstreamTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setSsl(true)
              .setUseAlpn(true)
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setTrustOptions(
                  new PemTrustOptions()
                      .addCertPath(TestCertificates.authority().certificateFile().toString())));

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HttpClientRequest request(Http2Upstream upstream) throws Exception {
    var asked =
        client.request(HttpMethod.POST, upstream.port(), "localhost", "/v1/chat/completions");
    return asked.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void answersOverHttp2() throws Exception {
    try (var upstream = Http2Upstream.start()) {
      upstream.answerEvents(List.of("1", "2"), false);
      var body = request(upstream).send("{}").compose(response -> response.body());
      assertThat(body.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
          .hasToString("data: 1\n\ndata: 2\n\n");
      assertThat(upstream.lastVersion()).isEqualTo(HttpVersion.HTTP_2);
      assertThat(upstream.takeRequest().bodyText()).isEqualTo("{}");
    }
  }

  @Test
  void seesAReset() throws Exception {
    try (var upstream = Http2Upstream.start()) {
      upstream.answerEndlessly("x");
      var request = request(upstream);
      var first = new CompletableFuture<Buffer>();
      request.send("{}").onSuccess(response -> response.handler(first::complete));
      first.get(10, TimeUnit.SECONDS);
      vertx.runOnContext(now -> request.reset(8));
      assertThat(upstream.awaitReset().code()).isEqualTo(8);
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }
}
