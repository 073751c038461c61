package dev.sluice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "17, 17",
    "' 17 ', 17",
    "0, 1",
    "1.2, 2",
    "3600, 3600",
    "3601, 3600",
    "99999999999999999999, 3600",
    "'Sun, 22 Nov 2026 10:00:30 GMT', 30",
    "'Sun, 22 Nov 2026 09:00:00 GMT', 1",
    "'Mon, 23 Nov 2026 10:00:00 GMT', 3600",
  })
  void readsSecondsAndDatesAndKeepsThemWithinAnHour(String value, long seconds) {
    assertThat(read(Map.of("retry-after", value))).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "soon",
    "-5",
    "1e9",
    "NaN",
    "0x10",
    "17 s",
    "'Sun, 99 Nov 2026 10:00:30 GMT'",
    "'Mon, 22 Nov 2026 10:00:30 GMT'",
    "2026-11-22T10:00:30Z"
  })
  void garbageIsNoAnswer(String value) {
    assertThat(read(Map.of("retry-after", value))).isNull();
  }

  @Test
  void millisecondsGoFirstAndAreRoundedUp() {
    assertThat(read(Map.of("retry-after-ms", "1001", "retry-after", "9"))).isEqualTo(2);
    assertThat(read(Map.of("retry-after-ms", "1", "retry-after", "9"))).isEqualTo(1);
    assertThat(read(Map.of("retry-after-ms", "x", "retry-after", "9"))).isEqualTo(9);
  }

  @Test
  void noHeaderIsNoAnswer() {
    assertThat(read(Map.of())).isNull();
    assertThat(RetryAfter.seconds(name -> null)).isNull();
  }

  @Property
  void whateverTheHeadersHoldTheWaitIsBetweenASecondAndAnHour(
      @ForAll String milliseconds, @ForAll String value) {
    Long seconds = read(Map.of("retry-after-ms", milliseconds, "retry-after", value));
    if (seconds != null) {
      assertThat(seconds).isBetween(1L, 3600L);
    }
  }

  private static @Nullable Long read(Map<String, String> headers) {
    return RetryAfter.seconds(headers::get, NOW);
  }
}
