package dev.sluice.bus;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answering end of conversations: one for each verticle instance that answers, at one address,
 * which also takes the credit and the cancellations for the answers given.
 *
 * <p>Belongs to the event loop it was opened on.
 */
public final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final Vertx vertx;
  private final Patience patience;
  private final Answerer answerer;
  private final Map<Long, OutgoingAnswer> answers = new HashMap<>();
  private final MessageConsumer<Record> messages;
  private final long sweep;

  /** Opens the outbox; {@link #ready()} tells when it hears. */
  public Outbox(Vertx vertx, String address, Patience patience, Answerer answerer) {
    this.vertx = vertx;
    this.patience = patience;
    this.answerer = answerer;
    this.messages = vertx.eventBus().<Record>localConsumer(address).handler(this::receive);
    this.sweep = vertx.setPeriodic(Patience.SWEEP.toMillis(), timer -> sweep());
  }

  public Future<Void> ready() {
    return messages.completion();
  }

  /** How many answers are under way. */
  public int size() {
    return answers.size();
  }

  /** Ends every answer with {@code failure}, stops its source, and stops listening. */
  public Future<Void> close(Failure failure) {
    vertx.cancelTimer(sweep);
    List.copyOf(answers.values()).forEach(answer -> answer.abort(failure));
    return messages.unregister();
  }

  private void receive(Message<Record> message) {
    if (message.body() instanceof Ask ask) {
      answer(message, ask);
    } else if (message.body() instanceof Credit credit) {
      OutgoingAnswer answer = answers.get(credit.stream());
      if (answer != null) {
        answer.grant(credit.bytes());
      }
    } else if (message.body() instanceof Cancel cancel) {
      OutgoingAnswer answer = answers.get(cancel.stream());
      if (answer != null) {
        answer.cancel();
      }
    }
  }

  private void answer(Message<Record> message, Ask ask) {
    OutgoingAnswer answer = new OutgoingAnswer(this, message, ask);
    answers.put(ask.stream(), answer);
    try {
      answerer.answer(ask.request(), answer);
    } catch (RuntimeException e) {
      ask.origin().on(log.atError()).setCause(e).log("the provider failed to begin an answer");
      answer.abort(Failure.INTERNAL);
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    List.copyOf(answers.values()).forEach(answer -> answer.check(now, patience));
  }

  void forget(long stream) {
    answers.remove(stream);
  }

  void send(String inbox, long stream, int sequence, List<ChatEvent> events, int weight) {
    vertx.eventBus().send(inbox, new Frame(stream, sequence, events, weight), RecordCodec.LOCAL);
  }
}
