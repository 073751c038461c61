package dev.sluice.bus;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader that keeps all it is told, and consumes at once unless it is told not to. */
final class RecordingReader implements AnswerReader {
  final List<ChatEvent> events = new ArrayList<>();
  final CompletableFuture<ChatEvent.Terminal> terminal = new CompletableFuture<>();
  final CompletableFuture<Failure> refusal = new CompletableFuture<>();
  final CompletableFuture<Void> accepted = new CompletableFuture<>();
  volatile boolean consumes = true;
  final AtomicInteger unconsumed = new AtomicInteger();
  final AtomicInteger heartbeats = new AtomicInteger();
  volatile IncomingAnswer answer;

  @Override
  public void accepted() {
    accepted.complete(null);
  }

  @Override
  public void read(List<ChatEvent> batch, int weight) {
    if (batch.isEmpty()) {
      heartbeats.incrementAndGet();
    }
    events.addAll(batch);
    unconsumed.addAndGet(weight);
    if (consumes) {
      consume();
    }
    if (!batch.isEmpty() && batch.get(batch.size() - 1) instanceof ChatEvent.Terminal end) {
      terminal.complete(end);
    }
  }

  void consume() {
    int weight = unconsumed.getAndSet(0);
    if (answer != null) {
      answer.consumed(weight);
    }
  }

  @Override
  public void refused(Failure failure) {
    refusal.complete(failure);
  }
}
