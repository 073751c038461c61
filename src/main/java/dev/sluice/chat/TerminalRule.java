package dev.sluice.chat;

import java.util.Optional;

/**
 * Holds one answer to the rule that its last event is the only terminal one, and that input which
 * ends without the vendor's own mark of an end is a failure and never a success.
 *
 * <p>Not thread-safe: one answer, one event loop.
 */
public final class TerminalRule {
  private static final ChatEvent.Terminal INCOMPLETE =
      new ChatEvent.Failed(
          Failure.of(Fault.UPSTREAM_INCOMPLETE, "The model's answer broke off before its end."));

  private boolean ended;

  /**
   * Whether {@code event} may be passed on: true for everything up to and with the first terminal
   * event, false for all that follows it.
   */
  public boolean admits(ChatEvent event) {
    if (ended) {
      return false;
    }
    ended = event instanceof ChatEvent.Terminal;
    return true;
  }

  /**
   * The input is over. Returns the failure that this is if no terminal event was admitted, which is
   * then to be admitted like any other event; else nothing.
   */
  public Optional<ChatEvent.Terminal> endOfInput() {
    return ended ? Optional.empty() : Optional.of(INCOMPLETE);
  }

  /** Whether a terminal event was admitted. */
  public boolean ended() {
    return ended;
  }
}
