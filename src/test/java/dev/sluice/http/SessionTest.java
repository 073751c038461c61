package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.http.identity.NewApiKey;
import dev.sluice.upstream.RawClient;
import java.io.IOException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** A browser that keeps a key. */
class SessionTest {
  private static final String SESSION = "/api/session";

  private final NewApiKey key = NewApiKey.generate(new SecureRandom());

  private String settings() {
    return "http: {port: 0, trusted_proxies: [127.0.0.1]}\n"
        + "keys: {required: true, clients: {alice: {hash: %s}}}\n".formatted(key.hash());
  }

  private static String body(String key) {
    return "{\"key\":\"" + key + "\"}";
  }

  private static Asking.Answer chat(TestGateway gateway, String line) throws IOException {
    return Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0), line);
  }

  @Test
  void aGoodKeyIsKeptOutOfTheReachOfScripts() throws Exception {
    try (var gateway = TestGateway.start(settings())) {
      var answer = Asking.post(gateway.port(), SESSION, body(key.key().reveal()));
      assertThat(answer.status()).isEqualTo(204);
      String cookie = answer.head().header("set-cookie");
      assertThat(cookie)
          .startsWith("sluice_key=")
          .contains("Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=2592000")
          .doesNotContain("Secure");
      String kept = "cookie: a=b; " + cookie.split(";", 2)[0];
      assertThat(chat(gateway, kept).status()).isEqualTo(200);
      assertThat(chat(gateway, "x: y").status()).isEqualTo(401);
      assertThat(chat(gateway, kept + "\r\nauthorization: Bearer wrong").status()).isEqualTo(401);
    }
  }

  @Test
  void overTlsItIsBoundToThisHost() throws Exception {
    try (var gateway = TestGateway.start(settings())) {
      var answer =
          Asking.post(
              gateway.port(), SESSION, body(key.key().reveal()), "x-forwarded-proto: https");
      String cookie = answer.head().header("set-cookie");
      assertThat(cookie).startsWith("__Host-sluice_key=").endsWith("; Secure");
      assertThat(chat(gateway, "cookie: " + cookie.split(";", 2)[0]).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsNoKeyIsRefusedAndNothingIsKept() throws Exception {
    try (var gateway = TestGateway.start(settings())) {
      for (String wrong : new String[] {body("sluice_wrong"), body("a b"), body("\\u0000;x")}) {
        var answer = Asking.post(gateway.port(), SESSION, wrong);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("code")).isEqualTo("invalid_api_key");
        assertThat(answer.head().headers()).doesNotContainKey("set-cookie");
      }
      for (String broken : new String[] {"{", "{}", body(""), "{\"key\":1}"}) {
        assertThat(Asking.post(gateway.port(), SESSION, broken).status()).isEqualTo(400);
      }
    }
    try (var gateway = TestGateway.start("")) {
      assertThat(Asking.post(gateway.port(), SESSION, body("any")).status()).isEqualTo(401);
    }
  }

  @Test
  void whoSignsOutIsForgotten() throws Exception {
    try (var gateway = TestGateway.start(settings());
        var client = RawClient.connect(gateway.port())) {
      client.send("DELETE /api/session HTTP/1.1\r\nhost: localhost\r\n\r\n");
      var head = client.readHead();
      assertThat(head.status()).isEqualTo(204);
      assertThat(head.header("set-cookie")).startsWith("sluice_key=;").contains("Max-Age=0");
    }
  }
}
