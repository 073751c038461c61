package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.http.Asking.Answer;
import dev.sluice.upstream.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  private static final String QUESTION = Asking.count(1, 1000);

  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start("http: {port: 0, max_body: 16KiB, body_deadline: 500ms}");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static RawClient ask(String... lines) throws IOException {
    return begin("POST", Asking.STREAM, lines);
  }

  /** The head of a request with these lines, and no body yet. */
  private static RawClient begin(String method, String path, String... lines) throws IOException {
    var client = RawClient.connect(gateway.port());
    client.send(method + " " + path + " HTTP/1.1\r\nhost: localhost\r\n");
    for (String line : lines) {
      client.send(line + "\r\n");
    }
    return client.send("\r\n");
  }

  private static Answer refused(RawClient client, int status, String code) throws IOException {
    var answer = Asking.answer(client);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().getString("code")).isEqualTo(code);
    assertThat(answer.json().getString("message")).endsWith(".");
    assertThat(answer.json().getString("request_id"))
        .isEqualTo(answer.head().header("x-request-id"));
    return answer;
  }

  private static void refusedAndClosed(RawClient client, int status, String code)
      throws IOException {
    try (client) {
      assertThat(refused(client, status, code).head().header("connection")).isEqualTo("close");
      client.awaitClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json ;charset=UTF-8"
      })
  void jsonIsTakenHoweverItsTypeIsWritten(String type) throws IOException {
    try (var client = ask("content-type: " + type, "content-length: " + QUESTION.length())) {
      assertThat(Asking.answer(client.send(QUESTION)).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: y",
        "content-type:",
        "content-type: text/plain",
        "content-type: application/jsonp",
        "content-type: application/x-www-form-urlencoded",
        "content-type: multipart/form-data; boundary=x"
      })
  void anyOtherTypeIsRefused(String line) throws IOException {
    try (var client = ask(line, "content-length: " + QUESTION.length())) {
      refused(client.send(QUESTION), 415, "unsupported_media_type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "gzip, gzip", "x"})
  void aContentEncodingIsRefused(String coding) throws IOException {
    try (var client =
        ask(
            "content-type: application/json",
            "content-encoding: " + coding,
            "content-length: " + QUESTION.length())) {
      refused(client.send(QUESTION), 415, "unsupported_media_type");
    }
  }

  @Test
  void aBodyThatIsAnnouncedTooLongIsRefusedAndNotRead() throws IOException {
    for (String length : new String[] {"16385", "999999999", "9223372036854775807"}) {
      refusedAndClosed(
          ask("content-type: application/json", "content-length: " + length),
          413,
          "body_too_large");
    }
  }

  @Test
  void aBodyOfTheLongestLengthIsRead() throws IOException {
    String body = QUESTION + " ".repeat(16384 - QUESTION.length());
    assertThat(Asking.post(gateway.port(), Asking.STREAM, body).status()).isEqualTo(200);
  }

  @Test
  void aBodyThatGrowsTooLongIsRefused() throws IOException {
    var client = ask("content-type: application/json", "transfer-encoding: chunked");
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    refusedAndClosed(client.send(chunk.repeat(4)).send("1\r\n \r\n"), 413, "body_too_large");
  }

  @Test
  void aClientThatWaitsForLeaveToSendIsGivenIt() throws IOException {
    try (var client =
        ask(
            "content-type: application/json",
            "expect: 100-continue",
            "content-length: " + QUESTION.length())) {
      assertThat(client.readHead().status()).isEqualTo(100);
      assertThat(Asking.answer(client.send(QUESTION)).status()).isEqualTo(200);
    }
  }

  @Test
  void aClientThatWaitsForLeaveToSendTooMuchIsToldSoInstead() throws IOException {
    refusedAndClosed(
        ask("content-type: application/json", "expect: 100-continue", "content-length: 70000"),
        413,
        "body_too_large");
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsGivenUp() throws IOException {
    refusedAndClosed(
        ask("content-type: application/json", "content-length: 100").send("{\"message\":"),
        408,
        "request_timeout");
  }

  @Test
  void aBodyThatBreaksOffIsNoQuestion() throws IOException {
    try (var client = ask("content-type: application/json", "content-length: 100")) {
      client.send("{\"message\":\"hello\"}").leave();
    }
    assertThat(Asking.post(gateway.port(), Asking.STREAM, QUESTION).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "zz", "0x5", "80000000", "FFFFFFFFFFFFFFFFF", ""})
  void aChunkOfAnImpossibleSizeIsNeverAnswered200(String size) throws IOException {
    try (var client = ask("content-type: application/json", "transfer-encoding: chunked")) {
      client.send(size + "\r\n" + QUESTION + "\r\n0\r\n\r\n");
      assertThat(Asking.answer(client).status()).isBetween(400, 413);
      client.awaitClosed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/chat, POST",
    "PUT, /api/chat/stream, POST",
    "DELETE, /api/models, GET",
    "POST, /api/health, GET",
    "PATCH, /api/rate-limit, GET",
    "TRACE, /api/chat, POST",
    "DELETE, /, 'GET, HEAD'",
    "POST, /chat, 'GET, HEAD'"
  })
  void anotherMethodIsToldWhichOneItShouldBe(String method, String path, String allowed)
      throws IOException {
    try (var client = begin(method, path, "content-length: 0")) {
      assertThat(refused(client, 405, "method_not_allowed").head().header("allow"))
          .isEqualTo(allowed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/", "/api/nothing", "/api/chat/stream/x", "/nothing"})
  void anUnknownAddressIsNotFound(String path) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      refused(client.get(path), 404, "not_found");
    }
  }

  @Test
  void aConnectionServesOnAfterARefusal() throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      refused(client.get("/nothing"), 404, "not_found");
      refused(client.post(Asking.STREAM, "{"), 400, "invalid_json");
      refused(client.get(Asking.STREAM), 405, "method_not_allowed");
      client.post(Asking.STREAM, QUESTION);
      assertThat(Asking.answer(client).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nhost: localhost\r\na b: c\r\n\r\n",
        "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-length: +3\r\n\r\nabc",
        "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc",
        "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n",
        "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: xchunked\r\n\r\n"
      })
  void whatIsNoHttpIsRefusedAndItsConnectionClosed(String request) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      var answer = Asking.answer(client.send(request));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.head().header("x-content-type-options")).isEqualTo("nosniff");
      client.awaitClosed();
    }
  }

  @Test
  void headersAndAddressesThatAreTooLongAreRefused() throws IOException {
    assertThat(Asking.get(gateway.port(), "/", "x: " + "y".repeat(9_000)).status()).isEqualTo(431);
    assertThat(Asking.get(gateway.port(), "/" + "y".repeat(5_000)).status()).isEqualTo(414);
  }

  @Test
  void anAddressThatCannotBeDecodedIsMalformed() throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      refused(client.get("/%zz"), 400, "invalid_request");
    }
  }
}
