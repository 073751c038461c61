package dev.sluice.wire.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that one side says before the other side speaks again. */
final class AnthropicTurn {
  private final String role;
  private final List<Map<String, @Nullable Object>> toolResults = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> blocks = new ArrayList<>();

  AnthropicTurn(String role) {
    this.role = role;
  }

  boolean isOf(String otherRole) {
    return role.equals(otherRole);
  }

  void add(List<Map<String, @Nullable Object>> more) {
    blocks.addAll(more);
  }

  /** Results come before all else in a turn: the API demands them right after the calls. */
  void addToolResult(Map<String, @Nullable Object> result) {
    toolResults.add(result);
  }

  Map<String, @Nullable Object> json() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>(toolResults);
    all.addAll(blocks);
    return Map.of("role", role, "content", AnthropicBlocks.content(all));
  }
}
