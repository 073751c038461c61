package dev.sluice.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TerminalRuleTest {

  @Property
  void whateverComesExactlyOneTerminalEventLeavesAndItIsTheLast(
      @ForAll("events") List<ChatEvent> events) {
    TerminalRule rule = new TerminalRule();
    List<ChatEvent> out = new ArrayList<>();
    for (ChatEvent event : events) {
      if (rule.admits(event)) {
        out.add(event);
      }
    }
    rule.endOfInput()
        .ifPresent(
            end -> {
              assertThat(rule.admits(end)).isTrue();
              out.add(end);
            });

    assertThat(out).filteredOn(ChatEvent.Terminal.class::isInstance).hasSize(1);
    assertThat(out.get(out.size() - 1)).isInstanceOf(ChatEvent.Terminal.class);
    assertThat(rule.endOfInput()).isEmpty();
    assertThat(rule.admits(new ChatEvent.TextDelta("late"))).isFalse();
  }

  @Property
  void inputThatEndsWithoutATerminalEventIsIncompleteAndNeverDone(
      @ForAll("harmless") List<ChatEvent> events) {
    TerminalRule rule = new TerminalRule();
    events.forEach(rule::admits);
    assertThat(rule.endOfInput())
        .get()
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            failed -> assertThat(failed.failure().fault()).isEqualTo(Fault.UPSTREAM_INCOMPLETE));
  }

  @Provide
  Arbitrary<List<ChatEvent>> events() {
    return Arbitraries.<ChatEvent>of(
            new ChatEvent.TextDelta("a"),
            new ChatEvent.Finished(FinishReason.STOP),
            new ChatEvent.Done(),
            new ChatEvent.Cancelled(),
            new ChatEvent.Failed(Failure.of(Fault.INTERNAL, "x")))
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<ChatEvent>> harmless() {
    return Arbitraries.<ChatEvent>of(
            new ChatEvent.TextDelta("a"),
            new ChatEvent.Finished(FinishReason.STOP),
            new ChatEvent.UsageReport(Usage.of(1, 2)))
        .list()
        .ofMaxSize(12);
  }
}
