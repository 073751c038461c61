package dev.sluice.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent.ToolCallDelta;
import dev.sluice.wire.openai.Chunk.ToolFragment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolCallsTest {
  private static final int NO_INDEX = ToolFragment.NO_INDEX;

  private static ToolFragment fragment(
      int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
    return new ToolFragment(index, id, name, arguments);
  }

  private static List<ToolCallDelta> deltas(ToolFragment... fragments) {
    ToolCalls calls = new ToolCalls();
    List<ToolCallDelta> deltas = new ArrayList<>();
    for (ToolFragment fragment : fragments) {
      ToolCallDelta delta = calls.next(fragment);
      if (delta != null) {
        deltas.add(delta);
      }
    }
    return deltas;
  }

  private static ToolCallDelta first(int index, String id, String name, String arguments) {
    return new ToolCallDelta(index, id, name, arguments);
  }

  private static ToolCallDelta more(int index, String arguments) {
    return new ToolCallDelta(index, null, null, arguments);
  }

  @Test
  void fragmentsOfTwoCallsMayInterleave() {
    assertThat(
            deltas(
                fragment(0, "a", "f", ""),
                fragment(1, "b", "g", ""),
                fragment(0, null, null, "1"),
                fragment(1, null, null, "2"),
                fragment(0, null, null, "3")))
        .containsExactly(
            first(0, "a", "f", ""),
            first(1, "b", "g", ""),
            more(0, "1"),
            more(1, "2"),
            more(0, "3"));
  }

  @Test
  void whateverTheUpstreamCountsFromWeCountFromZeroWithoutGaps() {
    assertThat(
            deltas(
                fragment(4, "a", "f", ""), fragment(2, "b", "g", ""), fragment(4, null, null, "x")))
        .containsExactly(first(0, "a", "f", ""), first(1, "b", "g", ""), more(0, "x"));
  }

  @Test
  void withoutIndexesIdsTellTheCallsApart() {
    assertThat(
            deltas(
                fragment(NO_INDEX, "a", "f", "1"),
                fragment(NO_INDEX, "b", "g", "2"),
                fragment(NO_INDEX, "a", null, "3"),
                fragment(NO_INDEX, null, null, "4")))
        .containsExactly(
            first(0, "a", "f", "1"), first(1, "b", "g", "2"), more(0, "3"), more(1, "4"));
  }

  @Test
  void withoutIndexesAndIdsANameBeginsACall() {
    assertThat(
            deltas(
                fragment(NO_INDEX, null, "f", "1"),
                fragment(NO_INDEX, null, null, "2"),
                fragment(NO_INDEX, null, "g", "3")))
        .containsExactly(first(0, "call_0", "f", "1"), more(0, "2"), first(1, "call_1", "g", "3"));
  }

  @Test
  void oneIndexForAllCallsIsSeenThrough() {
    assertThat(
            deltas(
                fragment(0, "a", "f", "1"),
                fragment(0, "b", "f", "2"),
                fragment(0, null, null, "3")))
        .containsExactly(first(0, "a", "f", "1"), first(1, "b", "f", "2"), more(1, "3"));
  }

  @Test
  void anotherIdOnEveryFragmentIsStillOneCall() {
    assertThat(
            deltas(
                fragment(0, "a", "f", ""),
                fragment(0, "b", null, "1"),
                fragment(0, "c", null, "2")))
        .containsExactly(first(0, "a", "f", ""), more(0, "1"), more(0, "2"));
  }

  @Test
  void idAndNameThatAreRepeatedAreToldOnce() {
    assertThat(
            deltas(
                fragment(0, "a", "f", "1"),
                fragment(0, "a", "f", "2"),
                fragment(0, "a", "f", null)))
        .containsExactly(first(0, "a", "f", "1"), more(0, "2"));
  }

  @Test
  void aCallIsToldOnceItHasAName() {
    assertThat(
            deltas(
                fragment(0, "a", null, ""), fragment(1, "b", "g", ""), fragment(0, null, "f", "1")))
        .containsExactly(first(0, "b", "g", ""), first(1, "a", "f", "1"));
  }

  @Test
  void argumentsAreNeverLostForWantOfAName() {
    assertThat(deltas(fragment(NO_INDEX, null, null, "{}")))
        .containsExactly(first(0, "call_0", "", "{}"));
  }
}
