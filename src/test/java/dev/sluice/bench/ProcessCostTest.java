package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessCostTest {
  @Test
  void tellsTimeAndMemoryOfThisProcess() throws IOException {
    var cost = ProcessCost.of(ProcessHandle.current());
    assertThat(cost.cpuMicros()).isBetween(10_000L, 24 * 3600 * 1_000_000L);
    assertThat(cost.rssKb()).isBetween(10_000L, 100_000_000L);
  }

  @Test
  void aClosedChildIsGoneWithItsOwnChildren() throws IOException {
    var child = ChildProcess.start(List.of("sh", "-c", "sleep 600 & sleep 600"), Map.of());
    Waiting.until("it has started two", () -> child.family().size() == 3);
    var family = child.family();
    child.close();
    Waiting.until("all are gone", () -> family.stream().noneMatch(ProcessHandle::isAlive));
  }
}
