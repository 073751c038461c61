package dev.sluice.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.KeysConfig;
import dev.sluice.config.LimitsConfig;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final NewApiKey ALICE = NewApiKey.generate(new SecureRandom());
  private static final NewApiKey BOB = NewApiKey.generate(new SecureRandom());
  private static final String KEY = ALICE.key().reveal();

  private final List<ApiKeyConfig> clients = List.of(client("alice", ALICE), client("bob", BOB));
  private final ApiKeys keys = new ApiKeys(new KeysConfig(true, clients, null));

  @Test
  void keyIsThatOfItsClient() {
    assertThat(keys.find(KEY)).contains(clients.get(0));
    assertThat(keys.find(BOB.key().reveal())).contains(clients.get(1));
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
  void textThatIsNoKeyIsNotFound(String key) {
    assertThat(keys.find(key)).isEmpty();
  }

  @Test
  void keyIsComparedToTheLetter() {
    assertThat(keys.find(KEY.toUpperCase(Locale.ROOT))).isEmpty();
    assertThat(keys.find(KEY + "A")).isEmpty();
    assertThat(keys.find(KEY.substring(0, KEY.length() - 1))).isEmpty();
    assertThat(keys.find(ALICE.hash())).isEmpty();
    assertThat(keys.find("a".repeat(513))).isEmpty();
    assertThat(keys.find(KEY + ", " + KEY)).isEmpty();
  }

  @Test
  void keysAreInUseIfThereAreSomeOrOneIsRequired() {
    assertThat(keys.areInUse()).isTrue();
    assertThat(keys.areRequired()).isTrue();
    assertThat(new ApiKeys(new KeysConfig(false, clients, null)).areInUse()).isTrue();
    assertThat(new ApiKeys(new KeysConfig(false, clients, null)).areRequired()).isFalse();
    assertThat(new ApiKeys(new KeysConfig(true, List.of(), null)).areInUse()).isTrue();
    assertThat(new ApiKeys(KeysConfig.DEFAULT).areInUse()).isFalse();
  }

  @Test
  void newKeyIsRandomAndHidesItself() {
    assertThat(KEY).matches("sl_[A-Za-z0-9_-]{43}").isNotEqualTo(BOB.key().reveal());
    assertThat(ALICE.hash()).matches("[0-9a-f]{64}");
    assertThat(ALICE.toString()).doesNotContain(KEY);
  }

  private static ApiKeyConfig client(String name, NewApiKey key) {
    return new ApiKeyConfig(name, key.hash(), List.of(), LimitsConfig.DEFAULT.rates(), false);
  }
}
