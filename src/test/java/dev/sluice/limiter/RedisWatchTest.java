package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.CapturedLog;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisWatchTest {
  private final AtomicLong clock = new AtomicLong(1);
  private final RedisWatch watch = new RedisWatch(clock::get);
  private final CapturedLog log = new CapturedLog(RedisWatch.class);

  @AfterEach
  void close() {
    log.close();
  }

  private void pass(long seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.addAndGet(1_000);
      watch.tick();
    }
  }

  @Test
  void lossAndReturnAreOneLineEach() {
    watch.isBack();
    pass(60);
    assertThat(log.lines()).as("the first connection").isEmpty();
    for (int i = 0; i < 200; i++) {
      watch.isAway("no answer in time");
      pass(1);
    }
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARN")
        .contains("no answer in time");
    watch.isBack();
    pass(60);
    assertThat(log.lines()).hasSize(2);
    assertThat(log.lines().get(1)).startsWith("INFO").contains("back");
    watch.isAway("no connection");
    assertThat(log.lines()).hasSize(3);
  }

  @Test
  void connectionThatFailsAgainAtOnceIsNoReturn() {
    for (int i = 0; i < 60; i++) {
      watch.isAway("its memory is full");
      watch.isBack();
      pass(1);
    }
    assertThat(log.lines()).hasSize(1);
  }
}
