package dev.sluice.bus;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.TerminalRule;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer as its provider gives it. All calls on the event loop of its {@link Outbox}.
 *
 * <p>What comes before the first content is held back, so that a failure among it still refuses the
 * question instead of breaking an answer.
 */
public final class OutgoingAnswer {
  private final Outbox outbox;
  private final Message<Record> question;
  private final Ask ask;
  private final TerminalRule terminal = new TerminalRule();
  private final long asked = System.nanoTime();

  private List<ChatEvent> held = new ArrayList<>(2);
  private int heldWeight;
  private boolean accepted;
  private int sequence;
  private long credit;
  private long lastFrame;
  private long drySince;
  private Runnable onCredit = () -> {};
  private Runnable onCancel = () -> {};

  OutgoingAnswer(Outbox outbox, Message<Record> question, Ask ask) {
    this.outbox = outbox;
    this.question = question;
    this.ask = ask;
    this.credit = ask.window();
  }

  /** The request that asks. */
  public Origin origin() {
    return ask.origin();
  }

  /** {@code action} runs each time that credit returns after there was none. */
  public void onCredit(Runnable action) {
    onCredit = action;
  }

  /** {@code action} runs once if nobody waits for the answer any more; it must stop the source. */
  public void onCancel(Runnable action) {
    onCancel = action;
  }

  /** Whether the source may go on. When it may not, it waits for {@link #onCredit}. */
  public boolean hasCredit() {
    return credit > 0;
  }

  /** Whether the answer has ended, by whichever side. */
  public boolean isOver() {
    return terminal.ended();
  }

  /**
   * Sends what one read of the source brought, even without credit: a source is asked to pause, not
   * to lose what it has. Does nothing once the answer is over.
   *
   * @param events in order; whatever stands behind a terminal event is left out; nothing is sent if
   *     there are none
   * @param weight the bytes of the source that these events took
   */
  public void write(List<ChatEvent> events, int weight) {
    if (terminal.ended() || events.isEmpty()) {
      return;
    }
    boolean content = false;
    for (ChatEvent event : events) {
      if (terminal.admits(event)) {
        held.add(event);
        content |= event.isContent() || event instanceof ChatEvent.Done;
      }
    }
    heldWeight += weight;
    if (!accepted && !content && last() instanceof ChatEvent.Failed failed) {
      outbox.forget(ask.stream());
      question.reply(new GatewayException(failed.failure()), RecordCodec.LOCAL);
    } else if (accepted || content) {
      accept();
      flush();
    }
  }

  /** Ends the answer with {@code failure}. Does nothing if it is over. */
  public void fail(Failure failure) {
    write(List.of(new ChatEvent.Failed(failure)), 0);
  }

  /** The source is over. If no terminal event was written, then it broke off. */
  public void end() {
    terminal.endOfInput().ifPresent(incomplete -> write(List.of(incomplete), 0));
  }

  private ChatEvent last() {
    return held.get(held.size() - 1);
  }

  private void accept() {
    if (!accepted) {
      accepted = true;
      question.reply(new Accepted(), RecordCodec.LOCAL);
    }
  }

  private void flush() {
    List<ChatEvent> events = held;
    int weight = heldWeight;
    held = new ArrayList<>(4);
    heldWeight = 0;
    lastFrame = System.nanoTime();
    if (credit > 0 && credit <= weight) {
      drySince = lastFrame;
    }
    credit -= weight;
    if (terminal.ended()) {
      outbox.forget(ask.stream());
    }
    outbox.send(ask.inbox(), ask.stream(), sequence++, events, weight);
  }

  /** Ends the answer from inside the gateway: tells both its source and its asker. */
  void abort(Failure failure) {
    if (!terminal.ended()) {
      fail(failure);
      onCancel.run();
    }
  }

  void cancel() {
    if (terminal.admits(new ChatEvent.Cancelled())) {
      outbox.forget(ask.stream());
      if (!accepted) {
        accept(); // frees the asker's reply handler; nobody listens to it
      }
      onCancel.run();
    }
  }

  void grant(int bytes) {
    boolean dry = credit <= 0;
    credit += bytes;
    if (dry && credit > 0) {
      onCredit.run();
    }
  }

  void check(long now, Patience patience) {
    if (!accepted) {
      if (now - asked > patience.hold().toNanos()) {
        accept();
        flush();
      }
    } else if (credit <= 0 && now - drySince > patience.noCredit().toNanos()) {
      cancel();
    } else if (now - lastFrame > patience.heartbeat().toNanos()) {
      flush();
    }
  }
}
