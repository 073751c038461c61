package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.http.identity.NewApiKey;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.ResponseHead;
import java.io.IOException;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookie that a browser keeps a key in, among other cookies and other keys. */
class KeyCookieTest {
  private static final String OVER_TLS = "x-forwarded-proto: https";
  private static final NewApiKey ALICE = NewApiKey.generate(new SecureRandom());
  private static final NewApiKey BOB = NewApiKey.generate(new SecureRandom());
  private static final String KEY = ALICE.key().reveal();
  private static final String SEMICOLON_KEY = "a;key;with;semicolons";
  private static final String SEMICOLON_HASH =
      "b2fdef976cf4175797521e17218fa8506d24a7d70eb8e5f07e2fd9ec6259fa45";

  private static TestGateway gateway;

  private static String settings(boolean required) {
    return """
        http: {port: 0, trusted_proxies: [127.0.0.1]}
        keys:
          required: %s
          clients: {alice: {hash: %s}, bob: {hash: %s}, carol: {hash: %s}}
        """
        .formatted(required, ALICE.hash(), BOB.hash(), SEMICOLON_HASH);
  }

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(settings(true));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  /** A chat from an address of its own, so that no test is limited by another. */
  private static Asking.Answer chat(TestGateway gateway, String... lines) throws IOException {
    String[] all = new String[lines.length + 1];
    System.arraycopy(lines, 0, all, 1, lines.length);
    all[0] = Asking.fromNewAddress();
    return Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0), all);
  }

  private static Asking.Answer signIn(String key, String... lines) throws IOException {
    return Asking.post(gateway.port(), "/api/session", "{\"key\":\"" + key + "\"}", lines);
  }

  private static ResponseHead signOut(String lines) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send("DELETE /api/session HTTP/1.1\r\nhost: 127.0.0.1\r\n" + lines + "\r\n\r\n");
      return client.readHead();
    }
  }

  @Test
  void plainCookieIsNotAcceptedOverTls() throws Exception {
    assertThat(chat(gateway, OVER_TLS, "cookie: sluice_key=" + KEY).status()).isEqualTo(401);
    assertThat(chat(gateway, "cookie: sluice_key=" + KEY).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk", "", "\"", "%00", "a b", "%s"})
  void plainCookieBesideTheHostCookieChangesNothingOverTls(String value) throws Exception {
    String plain = "sluice_key=" + value.replace("%s", BOB.key().reveal());
    String good = "__Host-sluice_key=" + KEY;
    assertThat(chat(gateway, OVER_TLS, "cookie: " + plain + "; " + good).status()).isEqualTo(200);
    assertThat(chat(gateway, OVER_TLS, "cookie: " + good + "; " + plain).status()).isEqualTo(200);
  }

  @Test
  void signInOverTlsClearsThePlainCookie() throws Exception {
    String set = signIn(KEY, OVER_TLS, "cookie: sluice_key=junk").head().header("set-cookie");
    assertThat(set)
        .contains("__Host-sluice_key=" + KEY)
        .containsPattern("(^|, )sluice_key=; Path=/; [^,]*Max-Age=0");
  }

  @Test
  void signOutOverTlsClearsBothCookies() throws Exception {
    assertThat(signOut(OVER_TLS).header("set-cookie"))
        .containsPattern("__Host-sluice_key=; Path=/; [^,]*Max-Age=0; Secure")
        .containsPattern("(^|, )sluice_key=; Path=/; [^,]*Max-Age=0");
  }

  @Test
  void theGoodOneOfSeveralCookiesOfOneNameCounts() throws Exception {
    for (String other : new String[] {"junk", "\"junk\"", "a b", "", "%00"}) {
      String bad = "sluice_key=" + other;
      String good = "sluice_key=" + KEY;
      assertThat(chat(gateway, "cookie: " + bad + "; " + good).status()).isEqualTo(200);
      assertThat(chat(gateway, "cookie: " + good + "; " + bad).status()).isEqualTo(200);
      assertThat(chat(gateway, "cookie: " + bad, "cookie: " + good).status()).isEqualTo(200);
    }
  }

  @Test
  void quotedCookieValueIsTheSameKey() throws Exception {
    assertThat(chat(gateway, "cookie: sluice_key=\"" + KEY + "\"").status()).isEqualTo(200);
    assertThat(chat(gateway, OVER_TLS, "cookie: __Host-sluice_key=\"" + KEY + "\"").status())
        .isEqualTo(200);
  }

  @Test
  void cookiesOfSimilarNamesAreNotRead() throws Exception {
    for (String name : new String[] {"xsluice_key", "sluice_key2", "Sluice_Key", "__Host-"}) {
      assertThat(chat(gateway, "cookie: " + name + "=" + KEY).status()).isEqualTo(401);
    }
  }

  @Test
  void keyInAHeaderIsReadInsteadOfTheCookie() throws Exception {
    String good = "x-api-key: " + KEY;
    assertThat(chat(gateway, good, "cookie: sluice_key=junk").status()).isEqualTo(200);
    assertThat(chat(gateway, "cookie: sluice_key=" + KEY, "x-api-key: junk").status())
        .isEqualTo(401);
    assertThat(chat(gateway, "authorization: Basic dTpw", "cookie: sluice_key=" + KEY).status())
        .isEqualTo(200);
  }

  @Test
  void invalidCookieIsForgottenByTheBrowser() throws Exception {
    var plain = chat(gateway, "cookie: sluice_key=old");
    assertThat(plain.status()).isEqualTo(401);
    assertThat(plain.head().header("set-cookie")).startsWith("sluice_key=;").contains("Max-Age=0");
    var tls = chat(gateway, OVER_TLS, "cookie: __Host-sluice_key=old");
    assertThat(tls.status()).isEqualTo(401);
    assertThat(tls.head().header("set-cookie")).startsWith("__Host-sluice_key=;");
    var header = chat(gateway, "x-api-key: old");
    assertThat(header.head().headers()).doesNotContainKey("set-cookie");
  }

  @Test
  void invalidCookieIsNotInTheWayOfSigningInAndOut() throws Exception {
    assertThat(signIn(KEY, "cookie: sluice_key=old").status()).isEqualTo(204);
    assertThat(signIn(KEY, OVER_TLS, "cookie: __Host-sluice_key=old").status()).isEqualTo(204);
    assertThat(signOut("cookie: sluice_key=old").status()).isEqualTo(204);
  }

  @Test
  void invalidCookieIsAStrangersWhereStrangersMayChat() throws Exception {
    try (var open = TestGateway.start(settings(false))) {
      var answer = chat(open, "cookie: sluice_key=old");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.head().header("set-cookie")).contains("sluice_key=;", "Max-Age=0");
      assertThat(chat(open, "x-api-key: old").status()).isEqualTo(401);
    }
  }

  @Test
  void keyThatACookieCannotHoldIsRefusedAtSignInByName() throws Exception {
    var answer = signIn(SEMICOLON_KEY);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("field")).isEqualTo("key");
    assertThat(answer.head().headers()).doesNotContainKey("set-cookie");
  }
}
