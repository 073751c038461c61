package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.http.identity.NewApiKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong keys are limited by the address that they come from. */
class WrongKeysTest {
  private static final int LIMIT = 10;
  private static final NewApiKey ALICE = NewApiKey.generate(new SecureRandom());
  private static final NewApiKey BOB = NewApiKey.generate(new SecureRandom());
  private static final String SETTINGS =
      """
      http: {port: 0, trusted_proxies: [127.0.0.1]}
      metrics: {enabled: true}
      keys:
        required: true
        clients: {alice: {hash: %s}, bob: {hash: %s}}
        tokens:
          issuer: https://issuer.example
          audience: sluice
          secret: a secret that has thirty-two bytes
      """
          .formatted(ALICE.hash(), BOB.hash());

  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  /** Each way to show a key. */
  private enum Door {
    BEARER((key, from) -> chat(from, "authorization: Bearer " + key)),
    X_API_KEY((key, from) -> chat(from, "x-api-key: " + key)),
    COOKIE((key, from) -> chat(from, "cookie: sluice_key=" + key)),
    HOST_COOKIE(
        (key, from) -> chat(from, "x-forwarded-proto: https", "cookie: __Host-sluice_key=" + key)),
    SIGN_IN(
        (key, from) ->
            Asking.post(gateway.port(), "/api/session", "{\"key\":\"" + key + "\"}", from)),
    MODELS((key, from) -> Asking.get(gateway.port(), "/api/models", from, "x-api-key: " + key)),
    STANDING(
        (key, from) -> Asking.get(gateway.port(), "/api/rate-limit", from, "x-api-key: " + key));

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda without state
    private final Way way;

    Door(Way way) {
      this.way = way;
    }

    Asking.Answer show(String key, String from) throws IOException {
      return way.show(key, from);
    }
  }

  private interface Way {
    Asking.Answer show(String key, String from) throws IOException;
  }

  private static Asking.Answer chat(String... lines) throws IOException {
    return Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0), lines);
  }

  private static void useUp(String from) throws IOException {
    for (int i = 0; i < LIMIT; i++) {
      assertThat(Door.X_API_KEY.show("sl_guess" + i, from).status()).isEqualTo(401);
    }
  }

  private static void assertLimited(Asking.Answer answer) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.json().getString("code")).isEqualTo("rate_limited");
    assertThat(Long.parseLong(answer.head().header("retry-after"))).isBetween(1L, 60L);
    assertThat(answer.head().headers()).doesNotContainKey("set-cookie");
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void wrongKeysBeyondTheLimitAre429AtEachDoor(Door door) throws Exception {
    String from = Asking.fromNewAddress();
    for (int i = 0; i < LIMIT; i++) {
      assertThat(door.show("sl_guess" + i, from).status()).isEqualTo(401);
    }
    assertLimited(door.show("sl_one_more", from));
    for (Door other : Door.values()) {
      assertLimited(other.show("sl_another", from));
    }
  }

  @Test
  void theSameWrongKeyAgainIsCountedAgain() throws Exception {
    String from = Asking.fromNewAddress();
    for (int i = 0; i < LIMIT; i++) {
      assertThat(Door.BEARER.show("sl_wrong", from).status()).isEqualTo(401);
    }
    assertLimited(Door.BEARER.show("sl_wrong", from));
  }

  @Test
  void wrongTokensAreCountedLikeWrongKeys() throws Exception {
    String from = Asking.fromNewAddress();
    String token = part(Map.of("alg", "HS256")) + "." + part(Map.of("sub", "me")) + ".AAAA";
    for (int i = 0; i < LIMIT; i++) {
      assertThat(Door.BEARER.show(token, from).status()).isEqualTo(401);
    }
    assertLimited(Door.BEARER.show(token, from));
  }

  private static String part(Map<String, Object> json) {
    byte[] text = new JsonObject(json).encode().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void rightKeyThatIsNewHereIsRefusedLikeAWrongOneOverTheLimit(Door door) throws Exception {
    String from = Asking.fromNewAddress();
    useUp(from);
    var right = door.show(ALICE.key().reveal(), from);
    var wrong = door.show("sl_wrong", from);
    assertLimited(right);
    assertThat(right.json().fieldNames()).isEqualTo(wrong.json().fieldNames());
    assertThat(right.head().headers().keySet()).isEqualTo(wrong.head().headers().keySet());
    assertThat(sentence(right)).isEqualTo(sentence(wrong));
  }

  private static String sentence(Asking.Answer answer) {
    return answer.json().getString("message").replaceAll("[0-9]+", "N");
  }

  @Test
  void keyThatCameFromTheAddressBeforeIsStillAdmittedOverTheLimit() throws Exception {
    String from = Asking.fromNewAddress();
    assertThat(Door.BEARER.show(ALICE.key().reveal(), from).status()).isEqualTo(200);
    useUp(from);
    assertThat(Door.X_API_KEY.show(ALICE.key().reveal(), from).status()).isEqualTo(200);
    assertThat(Door.COOKIE.show(ALICE.key().reveal(), from).status()).isEqualTo(200);
    assertThat(Door.SIGN_IN.show(ALICE.key().reveal(), from).status()).isEqualTo(204);
    assertLimited(Door.X_API_KEY.show(BOB.key().reveal(), from));
  }

  @Test
  void otherAddressesAreNotLimited() throws Exception {
    String from = Asking.fromNewAddress();
    useUp(from);
    String other = Asking.fromNewAddress();
    assertThat(Door.BEARER.show("sl_wrong", other).status()).isEqualTo(401);
    assertThat(Door.BEARER.show(ALICE.key().reveal(), other).status()).isEqualTo(200);
    assertLimited(Door.BEARER.show("sl_wrong", from.replace(": ", ": 6.6.6.6, ")));
  }

  @Test
  void addressesOfOneIpv6NetworkAreOne() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      String from = "x-forwarded-for: 2001:db8:0:7:1::" + i;
      assertThat(Door.BEARER.show("sl_wrong", from).status()).isEqualTo(401);
    }
    assertLimited(Door.BEARER.show("sl_wrong", "x-forwarded-for: 2001:db8:0:7:ffff::1"));
    assertThat(Door.BEARER.show("sl_wrong", "x-forwarded-for: 2001:db8:0:8::1").status())
        .isEqualTo(401);
  }

  @Test
  void requestsWithoutAKeyAreNotCounted() throws Exception {
    String from = Asking.fromNewAddress();
    for (int i = 0; i < 2 * LIMIT; i++) {
      assertThat(chat(from).status()).isEqualTo(401);
    }
    assertThat(Door.BEARER.show(ALICE.key().reveal(), from).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer a b", "Bearer a, b", "Bearer \u00e9"})
  void whatCanBeNoKeyIsCountedToo(String authorization) throws Exception {
    String from = Asking.fromNewAddress();
    for (int i = 0; i < LIMIT; i++) {
      assertThat(chat(from, "authorization: " + authorization).status()).isEqualTo(401);
    }
    assertLimited(chat(from, "authorization: " + authorization));
  }

  @Test
  void oneRequestWithManyCookiesIsNotOneGuess() throws Exception {
    String from = Asking.fromNewAddress();
    var cookies = new StringBuilder("cookie: a=b");
    for (int i = 0; i < 200; i++) {
      cookies.append("; sluice_key=guess").append(i);
    }
    assertThat(chat(from, cookies.toString()).status()).isEqualTo(401);
    chat(from, cookies.toString().replace("guess", "more"));
    assertLimited(Door.BEARER.show("sl_wrong", from));
  }

  @Test
  void healthTellsAGuesserNothing() throws Exception {
    String from = Asking.fromNewAddress();
    useUp(from);
    var right =
        Asking.get(gateway.port(), "/api/health", from, "x-api-key: " + ALICE.key().reveal());
    assertThat(right.status()).isEqualTo(200);
    assertThat(right.json().fieldNames()).containsExactly("status");
  }

  @Test
  void refusalsAreCountedInAMetric() throws Exception {
    String from = Asking.fromNewAddress();
    useUp(from);
    assertLimited(Door.BEARER.show("sl_wrong", from));
    String metrics = Asking.get(gateway.port(), "/metrics").body();
    assertThat(metrics)
        .containsPattern("sluice_keys_refused_total\\{reason=\"wrong\"\\} [1-9]")
        .containsPattern("sluice_keys_refused_total\\{reason=\"limited\"\\} [1-9]");
  }
}
