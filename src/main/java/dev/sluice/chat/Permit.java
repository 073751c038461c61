package dev.sluice.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request may go on.
 *
 * @param ticket what to give back if no byte reaches a model; null if there is nothing to give back
 */
public record Permit(List<LimitState> states, @Nullable Ticket ticket) implements Admission {
  public Permit {
    states = List.copyOf(states);
  }
}
