package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @Property
  void aDurationIsReadAsItIsWritten(@ForAll @LongRange(min = 0, max = 86_400_000) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Quantities.duration(Quantities.written(duration))).contains(duration);
  }

  @Test
  void unitsAreWhatTheySay() {
    assertThat(Quantities.duration("250ms")).contains(Duration.ofMillis(250));
    assertThat(Quantities.duration("10m")).contains(Duration.ofMinutes(10));
    assertThat(Quantities.duration("1h")).contains(Duration.ofHours(1));
    assertThat(Quantities.bytes("7")).contains(7L);
    assertThat(Quantities.bytes("7B")).contains(7L);
    assertThat(Quantities.bytes("2KiB")).contains(2048L);
    assertThat(Quantities.bytes("1MiB")).contains(1_048_576L);
    assertThat(Quantities.bytes("3GiB")).contains(3_221_225_472L);
    assertThat(Quantities.written(Duration.ofMinutes(90))).isEqualTo("90m");
    assertThat(Quantities.written(Duration.ofSeconds(60))).isEqualTo("1m");
    assertThat(Quantities.written(Duration.ZERO)).isEqualTo("0s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "1", "1 s", "-1s", "1S", "1d", "1.5s", "1m30s", "9999999999s", "١s"})
  void isNoDuration(String text) {
    assertThat(Quantities.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "1MB", "1mib", "-1", "1.5MiB", "9999999999"})
  void isNoSize(String text) {
    assertThat(Quantities.bytes(text)).isEmpty();
  }
}
