package dev.sluice.provider.demo;

import dev.sluice.bus.OutgoingAnswer;
import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.Usage;
import dev.sluice.config.DemoConfig.DemoFault;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One answer of the demo model. Each token is due at a time of its own, counted from the one
 * before, so that a late timer does not slow the whole down; tokens that are due together leave
 * together.
 */
final class DemoAnswer {
  private static final int MOST_AT_ONCE = 64;
  private static final long STALL_SECONDS = 30;

  private final Vertx vertx;
  private final DemoModel model;
  private final ChatRequest request;
  private final OutgoingAnswer answer;
  private final int length;
  private final long interval;

  private int next;
  private long due;
  private boolean waiting;
  private long timer = -1;

  DemoAnswer(Vertx vertx, DemoModel model, ChatRequest request, OutgoingAnswer answer) {
    this.vertx = vertx;
    this.model = model;
    this.request = request;
    this.answer = answer;
    this.length = model.tokens() > 0 ? model.tokens() : DemoText.TOKENS.size();
    this.interval =
        model.tokensPerSecond() > 0
            ? (long) (TimeUnit.SECONDS.toNanos(1) / model.tokensPerSecond())
            : 0;
  }

  void start() {
    if (model.fault() == DemoFault.REFUSE) {
      answer.fail(Failure.of(Fault.UPSTREAM_ERROR, "The demo model refuses, as it was told to."));
    } else if (model.fault() == DemoFault.RATE_LIMIT) {
      answer.fail(
          Failure.of(
                  Fault.UPSTREAM_RATE_LIMITED,
                  "The demo model has had too many requests, as it was told to say.")
              .retryAfter(7L));
    } else {
      answer.onCancel(() -> vertx.cancelTimer(timer));
      answer.onCredit(this::goOn);
      answer.write(List.of(new ChatEvent.Served(model.name())), 0);
      due = System.nanoTime() + model.firstToken().toNanos();
      sleep();
    }
  }

  private void sleep() {
    long millis = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime() + 999_999);
    if (millis > 0) {
      timer = vertx.setTimer(millis, ignored -> speak());
    } else {
      vertx.getOrCreateContext().runOnContext(ignored -> speak());
    }
  }

  private void goOn() {
    if (waiting) {
      waiting = false;
      due = System.nanoTime();
      speak();
    }
  }

  private void speak() {
    if (answer.isOver()) {
      return;
    }
    if (!answer.hasCredit()) {
      waiting = true;
      return;
    }
    if (next >= length / 2 && misbehaves()) {
      return;
    }
    List<ChatEvent> said = new ArrayList<>(4);
    int weight = 0;
    long now = System.nanoTime();
    while (next < length && said.size() < MOST_AT_ONCE && due <= now) {
      String token = token(next++);
      weight += token.length();
      said.add(new ChatEvent.TextDelta(token));
      due += pause();
    }
    if (next == length) {
      end(said);
    }
    answer.write(said, weight);
    if (next < length) {
      sleep();
    }
  }

  private String token(int index) {
    return model.counts() ? index + " " : DemoText.TOKENS.get(index % DemoText.TOKENS.size());
  }

  private long pause() {
    double spread = (ThreadLocalRandom.current().nextDouble() * 2 - 1) * model.jitter();
    return (long) (interval * (1 + spread));
  }

  private void end(List<ChatEvent> said) {
    long input = request.messages().stream().mapToLong(m -> 1 + m.text().length() / 4).sum();
    said.add(
        new ChatEvent.Finished(
            model.tokens() > 0 && !model.counts() ? FinishReason.LENGTH : FinishReason.STOP));
    said.add(new ChatEvent.UsageReport(Usage.of(input, length)));
    said.add(new ChatEvent.Done());
  }

  private boolean misbehaves() {
    switch (model.fault()) {
      case CUT -> answer.end();
      case GARBAGE ->
          answer.fail(
              Failure.of(
                  Fault.UPSTREAM_PROTOCOL, "The demo model talks nonsense, as it was told to."));
      case STALL ->
          timer =
              vertx.setTimer(
                  TimeUnit.SECONDS.toMillis(STALL_SECONDS),
                  ignored ->
                      answer.fail(
                          Failure.of(
                              Fault.UPSTREAM_STALLED,
                              "The demo model fell silent in mid-answer, as it was told to.")));
      default -> {
        return false;
      }
    }
    return true;
  }
}
