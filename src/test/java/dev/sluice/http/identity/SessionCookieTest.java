package dev.sluice.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.5Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final SessionCookie cookie = new SessionCookie(new Secret("s"), true, DAY);
  private final Session session = cookie.begin(NOW);
  private final String written = cookie.write(session);
  private final String pair = written.substring(0, written.indexOf(';'));

  @Test
  void comesBackAsItWasGivenOut() {
    assertThat(cookie.read(Lines.of("Cookie: a=b; " + pair + ";c=d"), NOW)).contains(session);
    assertThat(cookie.read(Lines.of("Cookie: a=b", "Cookie: " + pair), NOW)).contains(session);
    assertThat(new SessionCookie(new Secret("s"), true, DAY).read(Lines.of("Cookie: " + pair), NOW))
        .contains(session);
  }

  @Test
  void isOutOfReachForScriptsAndOtherSites() {
    assertThat(written)
        .startsWith("__Host-sluice=")
        .endsWith("; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict; Secure");
    assertThat(new SessionCookie(null, false, DAY).write(session))
        .startsWith("sluice=")
        .endsWith("; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "..",
        "null.0.null",
        "AAAAAAAAAAAAAAAAAAAAAA.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAA.99999999999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void whatWasNotGivenOutIsNoSession(String value) {
    assertThat(cookie.read(Lines.of("Cookie: __Host-sluice=" + value), NOW)).isEmpty();
  }

  @Test
  void noCharacterCanBeChanged() {
    for (int i = "__Host-sluice=".length(); i < pair.length(); i++) {
      char other = pair.charAt(i) == 'A' ? 'B' : 'A';
      String forged = pair.substring(0, i) + other + pair.substring(i + 1);
      assertThat(cookie.read(Lines.of("Cookie: " + forged), NOW)).isEmpty();
    }
  }

  @Test
  void aForgedOneDoesNotHideARealOne() {
    assertThat(cookie.read(Lines.of("Cookie: __Host-sluice=x; " + pair), NOW)).contains(session);
  }

  @Test
  void anotherKeyAnotherNameAndAnotherTimeAreNotGood() {
    Lines given = Lines.of("Cookie: " + pair);
    assertThat(new SessionCookie(new Secret("t"), true, DAY).read(given, NOW)).isEmpty();
    assertThat(new SessionCookie(null, true, DAY).read(given, NOW)).isEmpty();
    assertThat(new SessionCookie(new Secret("s"), false, DAY).read(given, NOW)).isEmpty();
    assertThat(cookie.read(given, NOW.plus(DAY))).isEmpty();
    assertThat(cookie.read(given, NOW.minusSeconds(30))).contains(session);
    assertThat(cookie.read(given, NOW.minusSeconds(120))).isEmpty();
  }

  @Test
  void withoutASecretEachStartHasItsOwnKey() {
    SessionCookie one = new SessionCookie(null, false, DAY);
    Lines given = Lines.of("Cookie: " + one.write(one.begin(NOW)));
    assertThat(one.read(given, NOW)).isPresent();
    assertThat(new SessionCookie(null, false, DAY).read(given, NOW)).isEmpty();
  }
}
