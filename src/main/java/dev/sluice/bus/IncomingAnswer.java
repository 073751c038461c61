package dev.sluice.bus;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import java.util.List;

/** One answer as its asker sees it. All calls on the event loop of its {@link Inbox}. */
public final class IncomingAnswer {

  /** Credit goes back in portions of this size, so that most answers need no message for it. */
  private static final int PORTION = Inbox.WINDOW / 2;

  private final Inbox inbox;
  private final long stream;
  private final String provider;
  private final AnswerReader reader;

  private boolean accepted;
  private boolean over;
  private int expected;
  private long lastFrame = System.nanoTime();
  private int unconsumed;
  private long lastConsumed;
  private int ungranted;

  IncomingAnswer(Inbox inbox, long stream, String provider, AnswerReader reader) {
    this.inbox = inbox;
    this.stream = stream;
    this.provider = provider;
    this.reader = reader;
  }

  /** {@code weight} of what was read has left the gateway. */
  public void consumed(int weight) {
    unconsumed -= weight;
    lastConsumed = System.nanoTime();
    ungranted += weight;
    if (ungranted >= PORTION && !over) {
      inbox.send(provider, new Credit(stream, ungranted));
      ungranted = 0;
    }
  }

  /** Nobody waits any more: stops the answer at its source. Does nothing if it is over. */
  public void cancel() {
    if (finish()) {
      inbox.send(provider, new Cancel(stream));
    }
  }

  void accept() {
    if (!accepted && !over) {
      accepted = true;
      reader.accepted();
    }
  }

  void refuse(Failure failure) {
    if (finish()) {
      reader.refused(failure);
    }
  }

  /** Ends the answer from this side: tells the source and the reader. */
  void abort(Failure failure) {
    if (over) {
      return;
    }
    cancel();
    if (accepted) {
      reader.read(List.of(new ChatEvent.Failed(failure)), 0);
    } else {
      reader.refused(failure);
    }
  }

  void receive(Frame frame) {
    accept();
    if (over) {
      return;
    }
    if (frame.sequence() != expected) {
      abort(Failure.of(Fault.STREAM_GAP, "A piece of the answer was lost inside the gateway."));
      return;
    }
    expected++;
    lastFrame = System.nanoTime();
    if (unconsumed == 0) {
      lastConsumed = lastFrame;
    }
    unconsumed += frame.weight();
    List<ChatEvent> events = frame.events();
    if (!events.isEmpty() && events.get(events.size() - 1) instanceof ChatEvent.Terminal) {
      finish();
    }
    reader.read(events, frame.weight());
  }

  void check(long now, Patience patience) {
    if (unconsumed > 0 && now - lastConsumed > patience.slowReader().toNanos()) {
      abort(Failure.of(Fault.SLOW_CLIENT, "The answer was not read for too long."));
    } else if (accepted && now - lastFrame > patience.silence().toNanos()) {
      abort(Failure.of(Fault.PROVIDER_UNAVAILABLE, "The provider fell silent."));
    }
  }

  private boolean finish() {
    if (over) {
      return false;
    }
    over = true;
    inbox.forget(stream);
    return true;
  }
}
