package dev.sluice.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownKeysTest {

  private static ShownKeys plain(String... lines) {
    return ShownKeys.of(Lines.of(lines), false);
  }

  private static ShownKeys overTls(String... lines) {
    return ShownKeys.of(Lines.of(lines), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer sl_a",
        "authorization: bearer sl_a",
        "AUTHORIZATION: BEARER    sl_a  ",
        "Authorization: Bearer\tsl_a",
        "x-api-key: sl_a",
        "X-Api-Key:   sl_a  ",
      })
  void eachHeaderShowsTheSameKey(String line) {
    assertThat(plain(line)).isEqualTo(new ShownKeys(List.of("sl_a"), false));
    assertThat(overTls(line)).isEqualTo(plain(line));
  }

  @Test
  void sameKeyTwiceIsOneKey() {
    assertThat(plain("Authorization: Bearer a", "x-api-key: a").isAmbiguous()).isFalse();
  }

  @Test
  void twoDifferentKeysInHeadersAreAmbiguous() {
    assertThat(plain("Authorization: Bearer a", "x-api-key: b").isAmbiguous()).isTrue();
    assertThat(plain("x-api-key: a", "x-api-key: b").isAmbiguous()).isTrue();
    assertThat(plain("Authorization: Bearer a", "Authorization: Bearer").isAmbiguous()).isTrue();
    assertThat(plain("Cookie: sluice_key=a; sluice_key=b").isAmbiguous()).isFalse();
  }

  @Test
  void otherSchemesShowNoKey() {
    assertThat(plain().isEmpty()).isTrue();
    assertThat(plain("Authorization: Basic dTpw").isEmpty()).isTrue();
    assertThat(plain("Authorization: Bearerx dTpw").isEmpty()).isTrue();
    assertThat(plain("Authorization: Bearer").keys()).containsExactly("");
  }

  @Test
  void cookieIsReadByTheNameOfTheScheme() {
    String both = "Cookie: a=b; sluice_key=plain; __Host-sluice_key=bound";
    assertThat(overTls(both)).isEqualTo(new ShownKeys(List.of("bound"), true));
    assertThat(plain(both)).isEqualTo(new ShownKeys(List.of("plain", "bound"), true));
    assertThat(overTls("Cookie: sluice_key=plain").isEmpty()).isTrue();
  }

  @Test
  void valuesThatNoBrowserWasGivenAreLeftOut() {
    assertThat(plain("Cookie: sluice_key=; sluice_key; sluice_key= ; sluice_key=a b").isEmpty())
        .isTrue();
    assertThat(plain("Cookie: sluice_key=\"\"; sluice_key=\"a; sluice_key=a\\b").isEmpty())
        .isTrue();
    assertThat(plain("Cookie: sluice_key=" + "a".repeat(5_000)).isEmpty()).isTrue();
    assertThat(plain("Cookie: sluice_key = \"a=b\" ").keys()).containsExactly("a=b");
  }

  @Test
  void fewOfManyCookiesAreRead() {
    String twice = "sluice_key=a; sluice_key=b; ".repeat(40);
    assertThat(plain("Cookie: " + twice).keys()).containsExactly("a", "b");
    StringBuilder many = new StringBuilder("Cookie: ");
    for (int i = 0; i < 100; i++) {
      many.append("sluice_key=").append(i).append(';');
    }
    assertThat(plain(many.toString()).keys()).hasSize(8);
  }

  @Test
  void onlyTokensAreLeft() {
    assertThat(plain("x-api-key: a.b.c").onlyTokens().keys()).containsExactly("a.b.c");
    for (String key : List.of("sl_a", "a.b", "a.b.", "a.b.c.d", "a.b.c d", "a..c")) {
      assertThat(plain("x-api-key: " + key).onlyTokens().isEmpty()).as(key).isTrue();
    }
  }

  @Test
  void keysAreNotPrinted() {
    assertThat(plain("x-api-key: sl_secret").toString()).doesNotContain("sl_secret");
  }
}
