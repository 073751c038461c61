package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void readsValuesAndSwitches() {
    var options = new Options(List.of("a", "b", "c"), "--a", "7", "--b", "--c", "x y");
    assertThat(options.number("a", 1)).isEqualTo(7);
    assertThat(options.isSet("b")).isTrue();
    assertThat(options.text("c", "")).isEqualTo("x y");
    assertThat(options.number("d", 3)).isEqualTo(3);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> new Options(List.of("a"), "--z"))
        .hasMessageContaining("--z is no option");
  }

  @Test
  void settingsOfTheMockSurviveTheirQuery() {
    var settings = new MockSettings(3, 4, 5);
    assertThat(MockSettings.of("/bench/settings?" + settings.query())).isEqualTo(settings);
  }
}
