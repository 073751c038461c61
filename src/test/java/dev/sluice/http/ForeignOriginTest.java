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

class ForeignOriginTest {
  private static final String QUESTION = Asking.count(1, 1000);

  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start("http: {port: 0, cors_origins: ['https://friend.example']}");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static Asking.Answer post(String... lines) throws IOException {
    return Asking.post(gateway.port(), Asking.WHOLE, QUESTION, lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "origin: https://evil.example",
        "origin: null",
        "origin: http://127.0.0.1",
        "origin: http://127.0.0.1:1",
        "origin: http://127.0.0.1.evil.example",
        "origin: https://friend.example.evil.example",
        "origin: https://friend.example:8443",
        "origin: ",
        "sec-fetch-site: cross-site"
      })
  void postOfAForeignPageIsRefused(String line) throws IOException {
    var answer = post(line);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().getString("code")).isEqualTo("foreign_origin");
    assertThat(answer.json().getString("message")).contains("http.cors_origins");
  }

  @Test
  void deleteOfAForeignPageIsRefused() throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send(
          "DELETE /api/session HTTP/1.1\r\nhost: localhost\r\norigin: https://evil.example\r\n\r\n");
      assertThat(Asking.answer(client).status()).isEqualTo(403);
    }
  }

  @Test
  void ownPageProgramsAndListedOriginsMayAsk() throws IOException {
    assertThat(post("origin: http://127.0.0.1:" + gateway.port()).status()).isEqualTo(200);
    assertThat(post("sec-fetch-site: same-origin").status()).isEqualTo(200);
    assertThat(post("sec-fetch-site: none").status()).isEqualTo(200);
    assertThat(post().status()).isEqualTo(200);
    assertThat(post("origin: https://friend.example", "sec-fetch-site: cross-site").status())
        .isEqualTo(200);
  }

  @Test
  void foreignPageMayStillReadWhatTheBrowserKeepsFromIt() throws IOException {
    var answer =
        Asking.get(
            gateway.port(),
            "/api/health",
            "origin: https://evil.example",
            "sec-fetch-site: cross-site");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head().header("access-control-allow-origin")).isNull();
    assertThat(answer.head().header("cross-origin-resource-policy")).isEqualTo("same-origin");
  }
}
