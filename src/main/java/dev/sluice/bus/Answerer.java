package dev.sluice.bus;

import dev.sluice.chat.ChatRequest;

/** Whoever can answer chats: a provider. */
@FunctionalInterface
public interface Answerer {

  /**
   * Answers {@code request} into {@code answer}, now or over time. Must end it by a terminal event,
   * unless it is cancelled first. A throw fails the answer.
   */
  void answer(ChatRequest request, OutgoingAnswer answer);
}
