package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.ResponseHead;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every header of every kind of answer, whatever its route and its status: no more and no less. */
class ResponseHeadersTest {
  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
          + "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'; trusted-types app";

  /** On every answer. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "x-content-type-options", "nosniff",
          "referrer-policy", "no-referrer",
          "cross-origin-resource-policy", "same-origin");

  private static final Map<String, String> PAGE =
      Map.of(
          "content-security-policy", PAGE_POLICY,
          "cross-origin-opener-policy", "same-origin",
          "permissions-policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
          "vary", "accept-encoding");

  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        TestGateway.start(
            """
            http: {port: 0, max_body: 1KiB, trusted_proxies: [127.0.0.1]}
            limits: {per_minute: 100000, per_hour: 100000, per_day: 100000}
            metrics: {enabled: true}
            """);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static ResponseHead ask(String method, String path, String body) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send(
          "%s %s HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
              .formatted(method, path, body.length(), body));
      return client.readHead();
    }
  }

  /** Without those whose value is another each time. */
  private static Map<String, String> lasting(ResponseHead head) {
    Map<String, String> headers = new TreeMap<>(head.headers());
    assertThat(headers.remove("x-request-id")).matches("[A-Za-z0-9_-]{16}");
    headers
        .keySet()
        .removeIf(name -> name.matches("content-length|etag|(x-)?ratelimit.*|retry-after"));
    return headers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | / | 200 | text/html; charset=utf-8 | no-cache",
        "GET  | /chat | 200 | text/html; charset=utf-8 | no-cache",
        "HEAD | / | 200 | text/html; charset=utf-8 | no-cache",
        "GET  | /sw.js | 200 | text/javascript; charset=utf-8 | no-cache",
        "GET  | /js/main.js | 200 | text/javascript; charset=utf-8 | no-cache",
        "GET  | /css/page.css | 200 | text/css; charset=utf-8 | no-cache",
        "GET  | /manifest.webmanifest | 200 | application/manifest+json | no-cache",
        "GET  | /icons/icon-192.png | 200 | image/png | no-cache",
        "GET  | /vendor/marked-17.0.5/marked.esm.js | 200 | text/javascript; charset=utf-8"
            + " | 'public, max-age=31536000, immutable'",
      })
  void thePage(String method, String path, int status, String type, String caching)
      throws IOException {
    ResponseHead head = ask(method, path, "");
    Map<String, String> expected = new TreeMap<>(ALWAYS);
    expected.put("content-security-policy", API_POLICY);
    expected.put("vary", "accept-encoding");
    if (type.startsWith("text/html") || path.equals("/sw.js")) {
      expected.putAll(PAGE);
    }
    expected.put("content-type", type);
    expected.put("cache-control", caching);
    assertThat(head.status()).isEqualTo(status);
    assertThat(lasting(head)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/models | 200 | ''",
        "GET    | /api/health | 200 | ''",
        "GET    | /api/rate-limit | 200 | ''",
        "GET    | /health/live | 200 | ''",
        "GET    | /health/ready | 200 | ''",
        "POST   | /api/chat | 200 | {\"message\":\"hi\",\"model\":\"demo-count?tokens=1&first_token_ms=0\"}",
        "POST   | /api/chat | 400 | {",
        "POST   | /api/chat | 400 | {\"message\":\"\"}",
        "POST   | /api/chat/stream | 400 | {\"message\":\"hi\",\"provider\":\"nobody\"}",
        "POST   | /api/chat | 502 | {\"message\":\"hi\",\"model\":\"demo-refuse\"}",
        "POST   | /api/chat | 429 | {\"message\":\"hi\",\"model\":\"demo-rate-limit\"}",
        "GET    | /nothing | 404 | ''",
        "GET    | /api/nothing | 404 | ''",
        "GET    | /health/nothing | 404 | ''",
      })
  void theApi(String method, String path, int status, String body) throws IOException {
    ResponseHead head = ask(method, path, body);
    Map<String, String> expected = new TreeMap<>(ALWAYS);
    expected.put("content-security-policy", API_POLICY);
    expected.put("content-type", "application/json; charset=utf-8");
    expected.put("cache-control", "no-store");
    assertThat(head.status()).isEqualTo(status);
    assertThat(lasting(head)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PUT, /api/chat, POST", "DELETE, /, 'GET, HEAD'", "POST, /api/models, GET"})
  void aMethodThatIsNotTaken(String method, String path, String allowed) throws IOException {
    ResponseHead head = ask(method, path, "");
    assertThat(head.status()).isEqualTo(405);
    assertThat(lasting(head))
        .containsEntry("allow", allowed)
        .containsEntry("content-security-policy", API_POLICY)
        .containsAllEntriesOf(ALWAYS);
  }

  @ParameterizedTest
  @CsvSource({"demo-count?tokens=1&first_token_ms=0, 200", "demo-cut, 200"})
  void aStream(String model, int status) throws IOException {
    ResponseHead head =
        ask("POST", "/api/chat/stream", "{\"message\":\"hi\",\"model\":\"" + model + "\"}");
    Map<String, String> expected = new TreeMap<>(ALWAYS);
    expected.put("content-security-policy", API_POLICY);
    expected.put("content-type", "text/event-stream; charset=utf-8");
    expected.put("cache-control", "no-cache, no-transform");
    expected.put("x-accel-buffering", "no");
    expected.put("transfer-encoding", "chunked");
    assertThat(head.status()).isEqualTo(status);
    assertThat(lasting(head)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"text/plain; version=0.0.4; charset=utf-8"})
  void metrics(String type) throws IOException {
    Map<String, String> expected = new TreeMap<>(ALWAYS);
    expected.put("content-security-policy", API_POLICY);
    expected.put("content-type", type);
    expected.put("cache-control", "no-store");
    assertThat(lasting(ask("GET", "/metrics", ""))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"413, 2000", "400, -1"})
  void whatIsNotReadToItsEnd(int status, int length) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send(
          "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
              .formatted(length));
      ResponseHead head = client.readHead();
      assertThat(head.status()).isEqualTo(status);
      assertThat(head.headers())
          .containsAllEntriesOf(ALWAYS)
          .containsEntry("content-security-policy", API_POLICY);
    }
  }
}
