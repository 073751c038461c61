package dev.sluice.bus;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import java.util.List;

/**
 * Whoever asked. Either {@link #refused} is called and nothing else; or {@link #accepted}, then
 * {@link #read} any number of times, of which the last, and only the last, ends in a terminal
 * event. After {@link IncomingAnswer#cancel()} nothing is called.
 */
public interface AnswerReader {

  /** There is an answer, or will be. */
  void accepted();

  /**
   * The next events.
   *
   * @param events in order; empty is a sign of life, worth a heartbeat to whoever waits
   * @param weight to be given back by {@link IncomingAnswer#consumed} once the events have left
   */
  void read(List<ChatEvent> events, int weight);

  /** There will be no answer. */
  void refused(Failure failure);
}
