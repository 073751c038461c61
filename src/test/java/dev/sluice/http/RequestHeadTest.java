package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start("http: {port: 0}");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static void refusedAndClosed(RawClient client, int status) throws IOException {
    var answer = Asking.answer(client);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().getString("request_id"))
        .isEqualTo(answer.head().header("x-request-id"));
    assertThat(answer.head().header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.head().header("connection")).isEqualTo("close");
    client.awaitClosed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\nHOST: evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: \r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a b\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET http://user@localhost/ HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET ftp://localhost/ HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET @evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET foo HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\nx: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\nx: a\r\n\tb\r\ny: c\r\n\r\n",
        "GET / HTTP/1.1\r\n host: localhost\r\nhost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: identity\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/3.7\r\nhost: localhost\r\n\r\n"
      })
  void ambiguousHeadIsRefusedAndItsConnectionClosed(String head) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      refusedAndClosed(client.send(head), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 25, 41})
  void foldedHeaderIsSeenHoweverTheHeadIsSplit(int size) throws IOException {
    String head = "GET / HTTP/1.1\r\nhost: localhost\r\nx: a\r\n b\r\n\r\n";
    try (var client = RawClient.connect(gateway.port())) {
      for (int at = 0; at < head.length(); at += size) {
        client.send(head.substring(at, Math.min(head.length(), at + size)));
      }
      refusedAndClosed(client, 400);
    }
  }

  @Test
  void blankAtTheStartOfABodyLineIsNoFoldedHeader() throws IOException {
    String question = "{\"message\":\"hello\",\n \"model\":\n\t\"demo-count?tokens=1\"}";
    try (var client = RawClient.connect(gateway.port())) {
      for (int i = 0; i < 2; i++) {
        assertThat(Asking.answer(client.post(Asking.WHOLE, question)).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void absoluteFormOfTheSameHostIsAnswered() throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send("GET http://localhost/api/health HTTP/1.1\r\nhost: localhost\r\n\r\n");
      assertThat(Asking.answer(client).status()).isEqualTo(200);
    }
  }

  @Test
  void moreThanAHundredHeadersAreRefused() throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send("GET / HTTP/1.1\r\nhost: localhost\r\n" + "a: b\r\n".repeat(100) + "\r\n");
      refusedAndClosed(client, 431);
    }
  }

  @Test
  void connectIsNotSupported() throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send("CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n");
      refusedAndClosed(client, 405);
    }
  }

  @Test
  void optionsOfTheServerAreToldItsMethods() throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send("OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n");
      var answer = Asking.answer(client);
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.head().header("x-request-id")).isNotEmpty();
    }
  }

  @Test
  void everyPipelinedRequestIsAnsweredInOrder() throws IOException {
    int requests = 300;
    try (var client = RawClient.connect(gateway.port())) {
      client.send("GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(requests));
      client.send("GET /nothing HTTP/1.1\r\nhost: localhost\r\n\r\n");
      for (int i = 0; i < requests; i++) {
        assertThat(Asking.answer(client).status()).isEqualTo(200);
      }
      assertThat(Asking.answer(client).status()).isEqualTo(404);
    }
  }
}
