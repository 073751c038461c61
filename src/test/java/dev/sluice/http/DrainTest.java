package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients meet between the signal to stop and the end of the last answer. */
class DrainTest {
  private static final String LONG_DRAIN = "instances: 2, drain: 30s";

  private final FakeUpstream upstream = FakeUpstream.start();
  private final CountDownLatch answering = new CountDownLatch(1);

  @AfterEach
  void close() {
    answering.countDown();
    upstream.close();
  }

  /** A gateway whose answers go on until {@link #answering} is counted down. */
  private TestGateway start(String http) throws Exception {
    upstream.answer(reply -> OpenAiScripts.stream(2).accept(reply.await(answering)));
    return TestGateway.start(
        Asking.settings(upstream.url(), http) + "chat: {default_provider: fake}\n");
  }

  private static CompletableFuture<Void> stop(TestGateway gateway) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            gateway.close();
          } catch (TimeoutException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Begins to stop a gateway that has an answer under way, and waits until it drains. */
  private static CompletableFuture<Void> drain(TestGateway gateway) {
    var stopped = stop(gateway);
    Waiting.until("it drains", () -> ready(gateway).status() == 503);
    return stopped;
  }

  private static Asking.Answer ready(TestGateway gateway) {
    try {
      return Asking.get(gateway.port(), "/health/ready");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawClient streaming(TestGateway gateway) throws IOException {
    RawClient client = RawClient.connect(gateway.port());
    client.post(Asking.STREAM, Asking.question("m"));
    awaitChat();
    return client;
  }

  private void awaitChat() {
    String method = "";
    while (!method.equals("POST")) {
      method = upstream.takeRequest().method();
    }
  }

  private static void isRefused(Asking.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.json().getString("code")).isEqualTo("server_shutdown");
    assertThat(answer.head().header("connection")).isEqualTo("close");
    assertThat(answer.head().header("retry-after")).matches("[1-9][0-9]*");
  }

  private static void isDone(RawClient client) throws IOException {
    assertThat(client.readHead().status()).isEqualTo(200);
    var events = client.events();
    assertThat(Asking.end(events.rest())).isEqualTo("done");
    assertThat(events.wasCut()).isFalse();
  }

  @Test
  void chatsOnNewConnectionsAreRefusedUntilTheLastAnswerHasEnded() throws Exception {
    try (var gateway = start(LONG_DRAIN);
        var stream = streaming(gateway)) {
      var stopped = drain(gateway);
      for (int i = 0; i < 10; i++) {
        isRefused(Asking.post(gateway.port(), Asking.WHOLE, Asking.question("m")));
        isRefused(Asking.post(gateway.port(), Asking.STREAM, Asking.question("m")));
      }
      answering.countDown();
      isDone(stream);
      stopped.join();
    }
  }

  @Test
  void chatWhoseBodyEndsDuringTheDrainIsRefusedInFull() throws Exception {
    String question = Asking.question("m");
    try (var gateway = start("instances: 2, drain: 30s");
        var late = RawClient.connect(gateway.port())) {
      late.send(head(gateway, question) + question.substring(0, 5));
      Waiting.until("the gateway answers", () -> ready(gateway).status() == 200);
      var stopped = stop(gateway);
      Waiting.until("it drains", () -> ready(gateway).status() == 503);
      late.send(question.substring(5));
      isRefused(Asking.answer(late));
      stopped.join();
    }
  }

  @Test
  void chatWhoseBodyIsUnfinishedAtTheEndOfTheDrainIsRefusedInFull() throws Exception {
    String question = Asking.question("m");
    try (var gateway = start("instances: 1, drain: 500ms");
        var late = RawClient.connect(gateway.port())) {
      late.send(head(gateway, question) + question.substring(0, 5));
      assertThat(ready(gateway).status()).isEqualTo(200);
      var stopped = stop(gateway);
      isRefused(Asking.answer(late));
      stopped.join();
    }
  }

  private static String head(TestGateway gateway, String question) {
    return "POST /api/chat HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        .formatted(gateway.port(), question.length());
  }

  @Test
  void chatThatIsPipelinedBehindAnAnswerIsRefusedInFull() throws Exception {
    try (var gateway = start(LONG_DRAIN);
        var client = streaming(gateway)) {
      client.post(Asking.WHOLE, Asking.question("m"));
      var stopped = drain(gateway);
      answering.countDown();
      isDone(client);
      isRefused(Asking.answer(client));
      client.awaitClosed();
      stopped.join();
    }
  }

  /** The answer in front of it gets its terminal event from the gateway. */
  @Test
  void chatThatIsPipelinedBehindAnAnswerThatIsCutIsRefusedInFull() throws Exception {
    try (var gateway = start("instances: 1, drain: 500ms, hold_status: 0s");
        var client = streaming(gateway)) {
      client.post(Asking.WHOLE, Asking.question("m"));
      var stopped = stop(gateway);
      client.readHead();
      assertThat(Asking.end(client.events().rest())).isEqualTo("error");
      isRefused(Asking.answer(client));
      stopped.join();
    }
  }

  @Test
  void chatOnAKeptConnectionIsRefusedAndTheConnectionClosed() throws Exception {
    try (var gateway = start(LONG_DRAIN);
        var stream = streaming(gateway);
        var kept = RawClient.connect(gateway.port())) {
      assertThat(Asking.answer(kept.get("/health/live")).status()).isEqualTo(200);
      var stopped = drain(gateway);
      kept.post(Asking.WHOLE, Asking.question("m"));
      isRefused(Asking.answer(kept));
      kept.awaitClosed();
      answering.countDown();
      isDone(stream);
      stopped.join();
    }
  }

  @Test
  void idleConnectionsAreClosedWhileAnAnswerGoesOn() throws Exception {
    try (var gateway = start(LONG_DRAIN);
        var stream = streaming(gateway);
        var unused = RawClient.connect(gateway.port());
        var kept = RawClient.connect(gateway.port())) {
      assertThat(Asking.answer(kept.get("/health/live")).status()).isEqualTo(200);
      var stopped = drain(gateway);
      kept.awaitClosed();
      unused.awaitClosed();
      assertThat(stopped).isNotDone();
      answering.countDown();
      isDone(stream);
      stopped.join();
    }
  }

  @Test
  void everyAnswerDuringTheDrainClosesItsConnection() throws Exception {
    try (var gateway = start(LONG_DRAIN);
        var stream = streaming(gateway)) {
      var stopped = drain(gateway);
      for (String path : new String[] {"/health/live", "/api/models", "/", "/api/nothing"}) {
        var head = Asking.get(gateway.port(), path).head();
        assertThat(head.header("connection")).as(path).isEqualTo("close");
      }
      answering.countDown();
      isDone(stream);
      stopped.join();
    }
  }

  @Test
  void streamOverHttp2EndsAndLaterRequestsAreRefusedInFull() throws Exception {
    var shown = TestCertificates.localhost();
    String tls =
        LONG_DRAIN
            + ", tls: {certificate: '%s', key: '%s'}"
                .formatted(shown.certificateFile(), shown.keyFile());
    HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificates.trustingContext()).build();
    try (var gateway = start(tls)) {
      var stream = client.sendAsync(post(gateway, Asking.STREAM), BodyHandlers.ofString());
      awaitChat();
      var stopped = stop(gateway);
      Waiting.until("it drains", () -> status(client, gateway) == 503);
      var refused = client.send(post(gateway, Asking.WHOLE), BodyHandlers.ofString());
      assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("server_shutdown");
      answering.countDown();
      assertThat(stream.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(stream.join().body()).contains("\"type\":\"done\"");
      stopped.join();
    }
  }

  private static int status(HttpClient client, TestGateway gateway) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(uri(gateway, "/health/ready")).build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI uri(TestGateway gateway, String path) {
    return URI.create("https://localhost:" + gateway.port() + path);
  }

  private static HttpRequest post(TestGateway gateway, String path) {
    return HttpRequest.newBuilder(uri(gateway, path))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(Asking.question("m")))
        .build();
  }
}
