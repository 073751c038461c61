package dev.sluice.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeUpstreamTest {
  private final FakeUpstream upstream = FakeUpstream.start();

  @AfterEach
  void close() {
    upstream.close();
  }

  private RawClient ask() throws IOException {
    return RawClient.connect(upstream.port())
        .post("/v1/chat/completions", "{\"a\":1}", "X-One: 1", "x-one: 2");
  }

  @Test
  void remembersWhatItWasAsked() throws IOException {
    upstream.answer(reply -> reply.json(200, "{}"));
    try (var client = ask()) {
      assertThat(client.readHead().status()).isEqualTo(200);
      var request = upstream.takeRequest();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/v1/chat/completions");
      assertThat(request.bodyText()).isEqualTo("{\"a\":1}");
      assertThat(request.header("x-one")).isEqualTo("1, 2");
      assertThat(request.headers().keySet())
          .containsExactly("host", "x-one", "content-type", "content-length");
    }
  }

  @Test
  void readsAChunkedRequest() throws IOException {
    upstream.answer(reply -> reply.json(200, "{}"));
    try (var client = RawClient.connect(upstream.port())) {
      client.send(
          "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      assertThat(upstream.takeRequest().bodyText()).isEqualTo("abcde");
    }
  }

  @Test
  void sendsExactlyTheBytesOfItsScript() throws IOException {
    upstream.answer(reply -> reply.head(200, "a: b").chunk("xyz").raw("-3\r\n").cut());
    try (var client = ask()) {
      assertThat(new String(client.readAll(), StandardCharsets.UTF_8))
          .isEqualTo(
              "HTTP/1.1 200 Scripted\r\na: b\r\ntransfer-encoding: chunked\r\n\r\n3\r\nxyz\r\n-3\r\n");
    }
  }

  @Test
  void answersSeveralRequestsOnOneConnectionInTheirOrder() throws IOException {
    upstream.answerNext(OpenAiScripts.stream(2)).answerNext(reply -> reply.redirect(302, "/b"));
    upstream.answerEach((request, reply) -> reply.json(200, request.path()));
    try (var client = ask()) {
      client.get("/second").get("/third");
      client.readHead();
      assertThat(client.readBody().text()).isEqualTo(OpenAiScripts.body(2));
      assertThat(client.readHead().header("location")).isEqualTo("/b");
      assertThat(client.readBody().complete()).isTrue();
      client.readHead();
      assertThat(client.readBody().text()).isEqualTo("/third");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void tellsACutFromAnEnd() throws IOException {
    upstream.answerNext(reply -> reply.sse().chunk("data: x").cut());
    upstream.answerNext(reply -> reply.head(200, "content-length: 9").chunk("short").cut());
    upstream.answerNext(reply -> reply.head(200, "connection: close").chunk("whole").end());
    assertThat(bodyOfOneRequest()).isEqualTo("data: x, cut");
    assertThat(bodyOfOneRequest()).isEqualTo("short, cut");
    assertThat(bodyOfOneRequest()).isEqualTo("whole, complete");
  }

  private String bodyOfOneRequest() throws IOException {
    try (var client = ask()) {
      client.readHead();
      var body = client.readBody();
      return body.text() + (body.complete() ? ", complete" : ", cut");
    }
  }

  @Test
  void resetsAfterWhatWasRead() throws IOException {
    var read = new CountDownLatch(1);
    upstream.answer(reply -> reply.sse().event("1").await(read).reset());
    try (var client = ask()) {
      client.readHead();
      var events = client.events();
      assertThat(events.next()).isNotNull();
      read.countDown();
      assertThat(client.awaitClosed()).isEqualTo(Departure.Kind.RESET);
    }
  }

  @Test
  void leavesAHeadUnfinished() throws IOException {
    upstream.answer(reply -> reply.raw("HTTP/1.1 200 OK\r\ncontent-ty").cut());
    try (var client = ask()) {
      assertThatThrownBy(client::readHead).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void saysSomethingBeforeTheAnswer() throws IOException {
    upstream.answer(reply -> reply.interim(103, "link: x").json(200, "{}"));
    try (var client = ask()) {
      assertThat(client.readHead().status()).isEqualTo(103);
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  @Test
  void cutsItsBytesWithoutChangingThem() throws IOException {
    upstream.answer(reply -> OpenAiScripts.stream(3).accept(reply.splitEverywhere()));
    assertThat(bodyOfOneRequest()).isEqualTo(OpenAiScripts.body(3) + ", complete");
    upstream.answer(reply -> OpenAiScripts.stream(3).accept(reply.inPieces(1, 7, 2)));
    assertThat(bodyOfOneRequest()).isEqualTo(OpenAiScripts.body(3) + ", complete");
    upstream.answer(reply -> reply.sse().chunksOf(2, OpenAiScripts.body(3)).end());
    assertThat(bodyOfOneRequest()).isEqualTo(OpenAiScripts.body(3) + ", complete");
  }

  @Test
  void seesAPeerLeaveWhileItWaits() throws IOException {
    upstream.answer(reply -> reply.sse().event("1").stall());
    try (var client = ask()) {
      client.readHead();
      assertThat(upstream.openConnections()).isEqualTo(1);
      long before = System.nanoTime();
      client.leave();
      // The unread event makes it RST.
      assertThat(upstream.awaitClosed(1).atNanos() - before).isPositive();
    }
    assertThat(upstream.openConnections()).isZero();
  }

  @Test
  void tellsFinFromReset() throws IOException {
    upstream.answer(Reply::stall);
    ask().leave();
    assertThat(upstream.awaitClosed(1).kind()).isEqualTo(Departure.Kind.FIN);
    var client = ask();
    upstream.takeRequest();
    upstream.takeRequest();
    client.reset();
    assertThat(upstream.awaitClosed(2).kind()).isEqualTo(Departure.Kind.RESET);
  }

  @Test
  void feelsAPeerThatDoesNotRead() throws IOException {
    upstream.answer(reply -> reply.sse().endlessly(Duration.ZERO, n -> "x".repeat(1000)));
    try (var client = RawClient.connectWithSmallBuffer(upstream.port())) {
      client.get("/");
      long written = upstream.awaitBackPressure(1, Duration.ofMillis(200));
      assertThat(written).isBetween(1000L, 1_000_000L);
      byte[] some = client.readSome(100);
      assertThat(some).isNotEmpty();
    }
    upstream.awaitClosed(1);
  }

  @Test
  void aClosedPortRefuses() {
    int port = FakeUpstream.closedPort();
    assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(ConnectException.class);
  }

  @Test
  void missesARequestThatDoesNotCome() {
    assertThatThrownBy(() -> upstream.takeRequest(Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aScriptThatFailsFailsTheTest() throws IOException {
    var other = FakeUpstream.start().answer(reply -> reply.sse().event("1"));
    try (var client = RawClient.connect(other.port()).get("/")) {
      client.awaitClosed();
    }
    assertThatThrownBy(other::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("left its reply open");
  }
}
