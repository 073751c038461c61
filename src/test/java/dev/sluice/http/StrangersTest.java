package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.http.identity.NewApiKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller without a key sees of a gateway that requires one. */
class StrangersTest {
  private static final NewApiKey ALICE = NewApiKey.generate(new SecureRandom());
  private static final String KEY = "x-api-key: " + ALICE.key().reveal();
  private static final String SETTINGS =
      """
      http: {port: 0, trusted_proxies: [127.0.0.1]}
      keys: {required: %s, clients: {alice: {hash: %s}}}
      limits: {redis: {url: 'redis://127.0.0.1:1'}}
      """;

  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(SETTINGS.formatted(true, ALICE.hash()));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/models", "/api/rate-limit"})
  void modelsAndLimitsNeedTheKeyWhereOneIsRequired(String path) throws Exception {
    var stranger = Asking.get(gateway.port(), path);
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.json().getString("code")).isEqualTo("invalid_api_key");
    String from = Asking.fromNewAddress();
    assertThat(Asking.get(gateway.port(), path, from, "x-api-key: wrong").status()).isEqualTo(401);
    assertThat(Asking.get(gateway.port(), path, KEY).status()).isEqualTo(200);
  }

  @Test
  void healthTellsAStrangerTheStatusAlone() throws Exception {
    for (String key : new String[] {"x: y", "x-api-key: wrong", "cookie: sluice_key=wrong"}) {
      var answer = Asking.get(gateway.port(), "/api/health", Asking.fromNewAddress(), key);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().fieldNames()).containsExactly("status");
    }
  }

  @Test
  void healthTellsTheHolderOfAKeyAll() throws Exception {
    for (String key : new String[] {KEY, "cookie: sluice_key=" + ALICE.key().reveal()}) {
      var health = Asking.get(gateway.port(), "/api/health", key).json();
      assertThat(health.fieldNames()).contains("status", "version", "services", "degraded");
      assertThat(health.getJsonObject("services").fieldNames()).contains("demo", "claude");
    }
  }

  @Test
  void loadBalancersNeedNoKey() throws Exception {
    assertThat(Asking.get(gateway.port(), "/health/live").status()).isEqualTo(200);
    assertThat(Asking.get(gateway.port(), "/health/ready").status()).isEqualTo(200);
  }

  @Test
  void allIsOpenWhereNoKeyIsRequired() throws Exception {
    try (var open = TestGateway.start(SETTINGS.formatted(false, ALICE.hash()))) {
      assertThat(Asking.get(open.port(), "/api/models").status()).isEqualTo(200);
      assertThat(Asking.get(open.port(), "/api/health").json().fieldNames())
          .contains("services", "degraded");
    }
  }
}
