package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
  private static final String THREE = "limits: {per_minute: 3, per_hour: 100, per_day: 500}\n";

  private static Asking.Answer ask(TestGateway gateway, String... headers) throws IOException {
    String question = "{\"message\":\"hello\",\"provider\":\"demo\",\"model\":\"demo-fast\"}";
    return Asking.post(gateway.port(), Asking.WHOLE, question, headers);
  }

  private static void use(TestGateway gateway, int chats) throws IOException {
    for (int i = 0; i < chats; i++) {
      assertThat(ask(gateway).status()).isEqualTo(200);
    }
  }

  @Test
  void theChatAfterTheLastOneIsRefusedWithTheWindowAndTheWait() throws Exception {
    try (var gateway = TestGateway.start(THREE)) {
      use(gateway, 3);
      var refused = ask(gateway);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.json().getString("code")).isEqualTo("rate_limited");
      assertThat(refused.json().getString("message")).contains("3 requests per minute");
      assertThat(refused.head().header("retry-after")).matches("[1-9][0-9]?");
      assertThat(refused.head().header("x-ratelimit-limit")).isEqualTo("3");
      assertThat(refused.head().header("x-ratelimit-remaining")).isEqualTo("0");
      var streamed = Asking.post(gateway.port(), Asking.STREAM, Asking.count(1, 0));
      assertThat(streamed.status()).isEqualTo(429);
    }
  }

  @Test
  void everyChatAnswerTellsHowItsClientStands() throws Exception {
    try (var gateway = TestGateway.start(THREE)) {
      var answer = Asking.post(gateway.port(), Asking.STREAM, Asking.count(1, 0));
      long now = System.currentTimeMillis() / 1000;
      assertThat(answer.head().header("x-ratelimit-remaining")).isEqualTo("2");
      assertThat(Long.parseLong(answer.head().header("x-ratelimit-reset")))
          .isBetween(now, now + 61);
      assertThat(answer.head().header("ratelimit-policy"))
          .isEqualTo("\"minute\";q=3;w=60, \"hour\";q=100;w=3600, \"day\";q=500;w=86400");
      assertThat(answer.head().header("ratelimit"))
          .matches("\"minute\";r=2;t=\\d+, \"hour\";r=99;t=\\d+, \"day\";r=499;t=\\d+");
    }
  }

  @Test
  void askingHowOneStandsSpendsNothing() throws Exception {
    try (var gateway = TestGateway.start(THREE)) {
      use(gateway, 1);
      for (int i = 0; i < 5; i++) {
        var standing = Asking.get(gateway.port(), "/api/rate-limit").json();
        assertThat(standing.getJsonObject("limits").getMap())
            .containsEntry("per_minute", 3)
            .containsEntry("per_hour", 100)
            .containsEntry("per_day", 500);
        assertThat(standing.getJsonObject("remaining").getInteger("per_minute")).isEqualTo(2);
        assertThat(Asking.get(gateway.port(), "/api/models").status()).isEqualTo(200);
        assertThat(Asking.get(gateway.port(), "/api/health").status()).isEqualTo(200);
        assertThat(Asking.get(gateway.port(), "/").status()).isEqualTo(200);
      }
      use(gateway, 2);
    }
  }

  @Test
  void aRequestThatIsNotValidCostsNothing() throws Exception {
    try (var gateway = TestGateway.start(THREE)) {
      for (int i = 0; i < 5; i++) {
        assertThat(Asking.post(gateway.port(), Asking.WHOLE, "{}").status()).isEqualTo(400);
      }
      use(gateway, 3);
    }
  }

  @Test
  void aChatThatReachedNoModelIsGivenBack() throws Exception {
    String dead = "http://127.0.0.1:" + FakeUpstream.closedPort();
    try (var gateway = TestGateway.start(Asking.settings(dead, "") + THREE)) {
      for (int i = 0; i < 5; i++) {
        var failed = Asking.post(gateway.port(), Asking.WHOLE, Asking.question("m"));
        assertThat(failed.json().getString("code")).isEqualTo("upstream_unreachable");
      }
      use(gateway, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-forwarded-for: 9.9.9.",
        "forwarded: for=9.9.9.",
        "x-real-ip: 9.9.9.",
        "cookie: session=",
        "authorization: Bearer key-",
        "x-api-key: key-",
        "true-client-ip: 9.9.9.",
      })
  void whatAClientSaysOfItselfBuysNoNewAllowance(String line) throws Exception {
    try (var gateway = TestGateway.start(THREE)) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(gateway, line + i).status()).isEqualTo(200);
      }
      assertThat(ask(gateway, line + 4).status()).isEqualTo(429);
    }
  }

  @Test
  void aTrustedProxyTellsItsClientsApart() throws Exception {
    String settings = "http: {port: 0, trusted_proxies: [127.0.0.0/8]}\n" + THREE;
    try (var gateway = TestGateway.start(settings)) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(gateway, "x-forwarded-for: 6.6.6.6, 203.0.113.1").status()).isEqualTo(200);
      }
      assertThat(ask(gateway, "x-forwarded-for: 7.7.7.7, 203.0.113.1").status()).isEqualTo(429);
      assertThat(ask(gateway, "x-forwarded-for: 203.0.113.2").status()).isEqualTo(200);
      assertThat(ask(gateway, "x-forwarded-for: 2001:db8::1").status()).isEqualTo(200);
      assertThat(
              Asking.get(gateway.port(), "/api/rate-limit", "x-forwarded-for: 2001:db8::2")
                  .json()
                  .getJsonObject("remaining")
                  .getInteger("per_minute"))
          .isEqualTo(2);
    }
  }

  @Test
  void theHolderOfAKeyHasItsOwnLimitsAndModels() throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest("a-good-key".getBytes(StandardCharsets.UTF_8));
    String settings =
        THREE
            + """
            keys:
              required: true
              clients:
                alice: {hash: %s, models: ['demo-count?tokens=1'], limits: {per_minute: 5}}
            """
                .formatted(HexFormat.of().formatHex(hash));
    try (var gateway = TestGateway.start(settings)) {
      String question = Asking.question("demo-count?tokens=1");
      for (int i = 0; i < 5; i++) {
        var answer =
            Asking.post(gateway.port(), Asking.WHOLE, question, "authorization: Bearer a-good-key");
        assertThat(answer.status()).isEqualTo(200);
      }
      var sixth = Asking.post(gateway.port(), Asking.WHOLE, question, "x-api-key: a-good-key");
      assertThat(sixth.status()).isEqualTo(429);
      var other =
          Asking.post(
              gateway.port(),
              Asking.WHOLE,
              Asking.question("demo"),
              "authorization: Bearer a-good-key");
      assertThat(other.json().getString("field")).isEqualTo("model");
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, question).status()).isEqualTo(401);
      var wrong =
          Asking.post(gateway.port(), Asking.WHOLE, question, "authorization: Bearer another");
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.json().getString("code")).isEqualTo("invalid_api_key");
    }
  }
}
