package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void thereAreNoneByDefault() {
    assertThat(Config.defaults().keys()).isEqualTo(new KeysConfig(false, List.of(), null));
  }

  @Test
  void aKeyHasItsOwnModelsAndLimits() {
    String yaml =
        """
        limits: {per_hour: 77}
        keys:
          required: true
          clients:
            alice: {hash: %s, models: [a, b], limits: {per_minute: 3}, log_content: true}
            bob: {hash: %s}
        """
            .formatted("A".repeat(64), HASH);
    assertThat(Yamls.read(yaml).keys())
        .isEqualTo(
            new KeysConfig(
                true,
                List.of(
                    new ApiKeyConfig(
                        "alice", "a".repeat(64), List.of("a", "b"), new Rates(3, 77, 500), true),
                    new ApiKeyConfig("bob", HASH, List.of(), new Rates(10, 77, 500), false)),
                null));
  }

  @Test
  void anEmptyListOfModelsAllowsAll() {
    Rates limits = LimitsConfig.DEFAULT.rates();
    assertThat(new ApiKeyConfig("a", HASH, List.of(), limits, false).allows("m")).isTrue();
    assertThat(new ApiKeyConfig("a", HASH, List.of("m"), limits, false).allows("m")).isTrue();
    assertThat(new ApiKeyConfig("a", HASH, List.of("m"), limits, false).allows("n")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keys.clients.a.hash | keys.clients.a.hash | sl_secret | must be a SHA-256, which is 64 hexadecimal digits",
        "keys.clients.a.hash | keys.clients.a.models | [m] | must be given",
        "keys.clients.a.limits.per_day | keys.clients.a.limits.per_day | 0 | must be a whole number from 1 to 10000000",
        "keys.clients.A B | keys.clients.A B.models | [] | has a name that is not made of a-z, 0-9, - and _, or is longer than 64",
      })
  void theBlameLiesWhereTheFaultIs(String blamed, String path, String value, String message) {
    assertThat(Yamls.problems(Yamls.nested(path, value), Map.of()))
        .extracting(Problem::path, Problem::message)
        .contains(tuple(blamed, message));
  }

  @Test
  void noTwoClientsShareAKey() {
    String yaml =
        "keys: {clients: {a: {hash: %s}, b: {hash: %s}}}"
            .formatted(HASH, HASH.toUpperCase(Locale.ROOT));
    assertThat(Yamls.problems(yaml, Map.of()))
        .extracting(Problem::path, Problem::message)
        .containsExactly(tuple("keys.clients.b.hash", "is the hash of another client's key, too"));
  }
}
