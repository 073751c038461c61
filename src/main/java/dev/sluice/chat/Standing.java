package dev.sluice.chat;

import java.util.List;

/** How a client stands with each of its limits, in the order of the settings. */
public record Standing(List<LimitState> states) {
  public Standing {
    states = List.copyOf(states);
  }
}
