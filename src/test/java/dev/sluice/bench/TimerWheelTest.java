package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long MILLI = 1_000_000;

  private final TimerWheel<String> wheel = new TimerWheel<>(0);
  private final List<String> fired = new ArrayList<>();

  @Test
  void firesInOrderAndNeverEarly() {
    wheel.schedule("later", 7 * MILLI);
    wheel.schedule("sooner", 3 * MILLI);
    wheel.advance(3 * MILLI - 1, fired::add);
    assertThat(fired).isEmpty();
    wheel.advance(6 * MILLI, fired::add);
    assertThat(fired).containsExactly("sooner");
    wheel.advance(8 * MILLI, fired::add);
    assertThat(fired).containsExactly("sooner", "later");
    assertThat(wheel.isEmpty()).isTrue();
  }

  @Test
  void keepsATimerOfALaterTurn() {
    wheel.schedule("far", 2050 * MILLI);
    wheel.advance(2049 * MILLI, fired::add);
    assertThat(fired).isEmpty();
    wheel.advance(2050 * MILLI, fired::add);
    assertThat(fired).containsExactly("far");
  }

  @Test
  void firesWhatIsOverdueWithTheNextTick() {
    wheel.advance(5 * MILLI, fired::add);
    wheel.schedule("overdue", 0);
    wheel.advance(6 * MILLI, fired::add);
    assertThat(fired).containsExactly("overdue");
  }
}
