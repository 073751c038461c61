package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.ResponseHead;
import dev.sluice.upstream.TestCertificates;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests without TLS where HTTPS is forced, and the port that leads to HTTPS. */
class HttpsOnlyTest {
  private static final String FORCED =
      "http: {port: 0, hosts: [localhost, '*.example'], force_https: true%s}";

  private static TestGateway byList;
  private static TestGateway byForwarded;
  private static TestGateway withTls;

  @BeforeAll
  static void start() throws Exception {
    byList = TestGateway.start(FORCED.formatted(", trusted_proxies: [127.0.0.1, 10.0.0.0/8]"));
    byForwarded =
        TestGateway.start(
            FORCED.formatted(
                ", trusted_proxies: [127.0.0.1, 10.0.0.0/8], forwarded_header: forwarded"));
    var shown = TestCertificates.localhost();
    withTls =
        TestGateway.start(
            "http: {port: 0, tls: {certificate: '%s', key: '%s', redirect_port: 0}, hosts: ['*']}"
                .formatted(shown.certificateFile(), shown.keyFile()));
  }

  @AfterAll
  static void stop() throws Exception {
    byList.close();
    byForwarded.close();
    withTls.close();
  }

  private static int status(TestGateway gateway, String... lines) throws IOException {
    return Asking.get(gateway.port(), "/api/csrf-token", lines).status();
  }

  /** The head of the answer to a request line and a host. */
  private static ResponseHead head(int port, String requestLine, String host) throws IOException {
    try (var client = RawClient.connect(port)) {
      return client
          .send(requestLine + " HTTP/1.1\r\nhost: " + host + "\r\nconnection: close\r\n\r\n")
          .readHead();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https | 200",
        "HTTPS | 200",
        "http, https | 200",
        "http | 308",
        "https, http | 308",
        "https,http | 308",
        "https, | 308",
        "'' | 308",
        "https;http | 308",
      })
  void theRightMostElementOfXForwardedProtoCounts(String proto, int status) throws Exception {
    assertThat(status(byList, "x-forwarded-proto: " + proto)).isEqualTo(status);
  }

  @Test
  void theLastLineOfXForwardedProtoCounts() throws Exception {
    assertThat(status(byList, "x-forwarded-proto: https", "x-forwarded-proto: http"))
        .isEqualTo(308);
    assertThat(status(byList, "x-forwarded-proto: http", "x-forwarded-proto: https"))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.9;proto=https | 200",
        "proto=https | 200",
        "for=203.0.113.9;Proto=\"https\" | 200",
        "for=6.6.6.6;proto=http, for=203.0.113.9;proto=https | 200",
        "for=6.6.6.6;proto=https, for=203.0.113.9;proto=http | 308",
        "for=6.6.6.6;proto=https, for=203.0.113.9 | 308",
        "for=203.0.113.9;proto=https, for=10.0.0.7;proto=http | 200",
        "for=203.0.113.9;proto=http, for=10.0.0.7;proto=https | 308",
        "proto=https, proto=http | 308",
        "for=203.0.113.9;proto=https;proto=http | 308",
        "for=203.0.113.9;proto=https;\" | 308",
        "for=203.0.113.9 | 308",
      })
  void theProtoOfTheClientsElementOfForwardedCounts(String forwarded, int status) throws Exception {
    assertThat(status(byForwarded, "forwarded: " + forwarded)).isEqualTo(status);
  }

  @Test
  void onlyTheHeaderOfTheSettingsIsRead() throws Exception {
    assertThat(status(byForwarded, "x-forwarded-proto: https")).isEqualTo(308);
    assertThat(status(byList, "forwarded: for=203.0.113.9;proto=https")).isEqualTo(308);
    assertThat(status(byList, "x-forwarded-scheme: https", "x-forwarded-ssl: on")).isEqualTo(308);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/health/live?a=b"})
  void loadBalancersAskForTheHealthWithoutTls(String path) throws Exception {
    assertThat(Asking.get(byList.port(), path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/../api/models",
        "/health/./../api/models",
        "/health/%2e%2e/api/models",
        "/health/%2E./api/models",
        "/health/live/../../api/models",
        "/health/live/..%2f..%2fapi/models",
        "/health/live%2f..%2f..%2fapi/models",
        "/health%2f..%2fapi/models",
        "/health/..",
        "/health/",
        "/health/other",
        "/health/live/other",
        "//health/../api/models",
        "//health/",
        "/api/models",
        "/api/models?/health/live",
        "/",
      })
  void nothingElseIsAnsweredWithoutTls(String path) throws Exception {
    assertThat(Asking.get(byList.port(), path).status()).isIn(308, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/../api/chat", "/health/%2e%2e/api/chat", "//health/../api/chat"})
  void noChatIsAnsweredWithoutTls(String path) throws Exception {
    assertThat(Asking.post(byList.port(), path, Asking.count(1, 0)).status()).isIn(308, 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /chat?a=b&c=%2f | /chat?a=b&c=%2f",
        "GET / | /",
        "POST /api/chat | /api/chat",
        "GET http://good.example/a?b | /a?b",
        "GET HTTP://GOOD.example/a | /a",
        "GET http://good.example | /",
        "GET http://good.example?b | /?b",
        "GET /a//b | /a//b",
        "GET /@evil.example/ | /@evil.example/",
      })
  void redirectKeepsPathAndQuery(String requestLine, String location) throws Exception {
    var forced = head(byList.port(), requestLine, "good.example");
    assertThat(forced.status()).isEqualTo(308);
    assertThat(forced.header("location")).isEqualTo("https://good.example" + location);
    var port = head(withTls.redirectPort(), requestLine, "good.example:80");
    if (!requestLine.contains("http:") && !requestLine.contains("HTTP:")) {
      assertThat(port.header("location"))
          .isEqualTo("https://good.example:" + withTls.port() + location);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET @evil.example/",
        "GET .evil.example/",
        "GET :80@evil.example/",
        "GET evil.example",
        "GET //evil.example/",
        "GET ///evil.example/",
        "GET *",
        "OPTIONS *",
        "GET http://evil.example/",
        "GET http://good.example@evil.example/",
        "GET http://evil.example@good.example/",
        "GET http://good.example:81/",
        "GET http:good.example/",
        "GET http:///a",
        "GET ftp://good.example/",
        "GET javascript:alert(1)",
        "GET /\u00e9",
      })
  void targetThatIsNoPathOfThisHostIsNotRedirected(String requestLine) throws Exception {
    for (int port : new int[] {byList.port(), withTls.redirectPort()}) {
      var head = head(port, requestLine, "good.example");
      assertThat(head.status()).isEqualTo(400);
      assertThat(head.headers()).doesNotContainKey("location");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good.example@evil.example",
        "good.example/evil",
        "evil.example?",
        "evil example",
        "evil.example#",
        "[::1",
        "",
        "good.example:port",
        "good.example:80@evil.example",
        "<script>",
      })
  void hostThatIsNoneIsNotRedirectedTo(String host) throws Exception {
    for (int port : new int[] {byList.port(), withTls.redirectPort()}) {
      var head = head(port, "GET /", host);
      assertThat(head.status()).isEqualTo(400);
      assertThat(head.headers()).doesNotContainKey("location");
    }
  }

  @Test
  void ipv6HostIsRedirectedToInBrackets() throws Exception {
    assertThat(head(withTls.redirectPort(), "GET /a", "[::1]:80").header("location"))
        .isEqualTo("https://[::1]:" + withTls.port() + "/a");
  }

  @Test
  void hostThatIsNotListedIsNotRedirectedTo() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, force_https: true}")) {
      var head = head(gateway.port(), "GET /", "evil.example");
      assertThat(head.status()).isEqualTo(421);
      assertThat(head.headers()).doesNotContainKey("location");
    }
  }
}
