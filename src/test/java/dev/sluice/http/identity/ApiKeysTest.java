package dev.sluice.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.chat.Fault;
import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.KeysConfig;
import dev.sluice.config.LimitsConfig;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final NewApiKey ALICE = NewApiKey.generate(new SecureRandom());
  private static final NewApiKey BOB = NewApiKey.generate(new SecureRandom());
  private static final String KEY = ALICE.key().reveal();

  private final List<ApiKeyConfig> clients = List.of(client("alice", ALICE), client("bob", BOB));
  private final ApiKeys required = new ApiKeys(new KeysConfig(true, clients, null));
  private final ApiKeys optional = new ApiKeys(new KeysConfig(false, clients, null));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer %s",
        "authorization: bearer %s",
        "AUTHORIZATION: BEARER    %s  ",
        "Authorization: Bearer\t%s",
        "x-api-key: %s",
        "X-Api-Key:   %s  ",
      })
  void eachDoorLeadsToTheSameKey(String line) throws Exception {
    assertThat(required.find(Lines.of(line.formatted(KEY)))).contains(clients.get(0));
    assertThat(optional.find(Lines.of(line.formatted(BOB.key().reveal()))))
        .contains(clients.get(1));
  }

  @Test
  void theSameKeyTwiceIsOneKey() throws Exception {
    Lines both = Lines.of("Authorization: Bearer " + KEY, "x-api-key: " + KEY);
    assertThat(required.find(both)).contains(clients.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sl_",
        "*",
        "null",
        "undefined",
        "a b",
        "\u00e9",
        "%s",
        "sl_%s",
        "'; drop table",
        "{0}"
      })
  void whatIsNoKeyIsRefusedAtEachDoorAndNeverQuoted(String key) {
    for (ApiKeys keys : List.of(required, optional)) {
      for (String door : List.of("Authorization: Bearer ", "x-api-key: ")) {
        assertRefused(keys, Lines.of(door + key));
      }
    }
  }

  @Test
  void aKeyIsComparedToTheLetter() {
    assertRefused(required, Lines.of("x-api-key: " + KEY.toUpperCase(java.util.Locale.ROOT)));
    assertRefused(required, Lines.of("x-api-key: " + KEY + "A"));
    assertRefused(required, Lines.of("x-api-key: " + KEY.substring(0, KEY.length() - 1)));
    assertRefused(required, Lines.of("x-api-key: " + ALICE.hash()));
    assertRefused(required, Lines.of("x-api-key: " + "a".repeat(513)));
    assertRefused(required, Lines.of("x-api-key: " + KEY + ", " + KEY));
  }

  @Test
  void twoDifferentKeysAreRefused() {
    String other = BOB.key().reveal();
    assertRefused(required, Lines.of("Authorization: Bearer " + KEY, "x-api-key: " + other));
    assertRefused(required, Lines.of("Authorization: Bearer " + KEY, "x-api-key: nonsense"));
    assertRefused(required, Lines.of("x-api-key: " + KEY, "x-api-key: " + other));
    assertRefused(
        optional, Lines.of("Authorization: Bearer " + KEY, "Authorization: Bearer " + other));
  }

  @Test
  void withoutAKeyOnlyThoseComeInWhoNeedNone() throws Exception {
    Lines basic = Lines.of("Authorization: Basic dTpw");
    assertThat(optional.find(Lines.of())).isEmpty();
    assertThat(optional.find(basic)).isEmpty();
    assertRefused(required, Lines.of());
    assertRefused(required, basic);
    assertRefused(
        new ApiKeys(new KeysConfig(true, List.of(), null)), Lines.of("x-api-key: " + KEY));
  }

  @Test
  void whereNobodyHasAKeyWhatIsSentAsOneIsIgnored() throws Exception {
    ApiKeys none = new ApiKeys(KeysConfig.DEFAULT);
    assertThat(none.find(Lines.of("Authorization: Bearer x", "x-api-key: y"))).isEmpty();
  }

  @Test
  void aNewKeyIsRandomAndHidesItself() {
    assertThat(KEY).matches("sl_[A-Za-z0-9_-]{43}").isNotEqualTo(BOB.key().reveal());
    assertThat(ALICE.hash()).matches("[0-9a-f]{64}");
    assertThat(ALICE.toString()).doesNotContain(KEY);
  }

  private static void assertRefused(ApiKeys keys, Lines headers) {
    assertThatThrownBy(() -> keys.find(headers))
        .isInstanceOfSatisfying(
            RefusedCallerException.class,
            e -> {
              assertThat(e.failure().fault()).isEqualTo(Fault.INVALID_API_KEY);
              assertThat(e.failure().fault().status()).isEqualTo(401);
              assertThat(e.failure().message()).doesNotContain("sl_");
            });
  }

  private static ApiKeyConfig client(String name, NewApiKey key) {
    return new ApiKeyConfig(name, key.hash(), List.of(), LimitsConfig.DEFAULT.rates(), false);
  }
}
