package dev.sluice.chat;

import java.util.Locale;
import java.util.Optional;

/** Who speaks a {@link Message}. {@code developer} is read as {@link #SYSTEM}: both instruct. */
public enum Role {
  SYSTEM,
  USER,
  ASSISTANT,
  /** The result of a tool call; its message names the call by {@link Message#toolCallId()}. */
  TOOL;

  /** The name on the wire: {@code system}, {@code user}, {@code assistant}, {@code tool}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role that a wire calls {@code name} (exact, lower case), or empty if there is none. */
  public static Optional<Role> named(String name) {
    return switch (name) {
      case "system", "developer" -> Optional.of(SYSTEM);
      case "user" -> Optional.of(USER);
      case "assistant" -> Optional.of(ASSISTANT);
      case "tool" -> Optional.of(TOOL);
      default -> Optional.empty();
    };
  }
}
