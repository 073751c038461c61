package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.ResponseHead;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Pages of other origins. */
class CrossOriginTest {
  private static final String LISTED = "origin: https://a.example";
  private static final String ALLOWED = "access-control-allow-origin";

  private static ResponseHead preflight(int port, String path, String origin) throws IOException {
    try (var client = RawClient.connect(port)) {
      client.send(
          "OPTIONS %s HTTP/1.1\r\nhost: localhost\r\n%s\r\naccess-control-request-method: POST\r\n\r\n"
              .formatted(path, origin));
      return client.readHead();
    }
  }

  @Test
  void aListedOriginMayAskAndReadTheLimits() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, cors_origins: [https://a.example]}")) {
      var first = preflight(gateway.port(), "/api/chat/stream", LISTED);
      assertThat(first.status()).isEqualTo(204);
      assertThat(first.header(ALLOWED)).isEqualTo("https://a.example");
      assertThat(first.header("access-control-allow-headers")).contains("authorization");
      var answer = Asking.post(gateway.port(), Asking.STREAM, Asking.count(1, 0), LISTED);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.head().header(ALLOWED)).isEqualTo("https://a.example");
      assertThat(answer.head().header("access-control-expose-headers")).contains("retry-after");
      assertThat(answer.head().header("vary")).isEqualTo("origin");
      var refused = Asking.post(gateway.port(), Asking.WHOLE, "{", LISTED);
      assertThat(refused.head().header(ALLOWED)).isEqualTo("https://a.example");
    }
  }

  @Test
  void nobodyElseIsToldAnythingAndOurOwnPageGoesOn() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, cors_origins: [https://a.example]}")) {
      String other = "origin: https://b.example";
      assertThat(preflight(gateway.port(), "/api/chat", other).status()).isEqualTo(405);
      var answer = Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0), other);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.head().headers()).doesNotContainKey(ALLOWED);
      assertThat(preflight(gateway.port(), "/", LISTED).header(ALLOWED)).isNull();
    }
    try (var gateway = TestGateway.start("")) {
      assertThat(preflight(gateway.port(), "/api/chat", LISTED).header(ALLOWED)).isNull();
    }
  }

  @Test
  void allMayAskWhereAllAreListed() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, cors_origins: ['*']}")) {
      assertThat(Asking.get(gateway.port(), "/api/models", LISTED).head().header(ALLOWED))
          .isEqualTo("*");
    }
  }

  /** What an older page asks for before it chats. */
  @Test
  void anOlderPageGetsItsToken() throws Exception {
    try (var gateway = TestGateway.start("")) {
      String token = Asking.get(gateway.port(), "/api/csrf-token").json().getString("csrf_token");
      assertThat(token).hasSize(32);
      assertThat(
              Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0), "x-csrftoken: " + token)
                  .status())
          .isEqualTo(200);
    }
  }
}
