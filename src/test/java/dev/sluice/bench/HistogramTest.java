package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void findsTheQuantiles() {
    var histogram = new Histogram();
    for (int value = 1; value <= 1000; value++) {
      histogram.record(value);
    }
    assertThat(histogram.quantile(0.5)).isBetween(500L, 515L);
    assertThat(histogram.quantile(0.99)).isBetween(990L, 1000L);
    assertThat(histogram.quantile(1)).isEqualTo(1000);
    assertThat(histogram.mean()).isEqualTo(500.5);
  }

  @Test
  void isZeroWhenEmpty() {
    assertThat(new Histogram().quantile(0.99)).isZero();
    assertThat(new Histogram().mean()).isZero();
  }

  @Property
  void isAtMostThreePercentTooHigh(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long value) {
    var histogram = new Histogram();
    histogram.record(value);
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.quantile(0.5)).isBetween(value, value + value / 32);
  }
}
