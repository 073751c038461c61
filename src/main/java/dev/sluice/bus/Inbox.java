package dev.sluice.bus;

import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The asking end of conversations: one for each verticle instance that asks. It has one address;
 * streams are told apart by their number, so asking registers nothing on the bus.
 *
 * <p>Belongs to the event loop it was opened on.
 */
public final class Inbox {

  /** How much of one answer may be under way inside the gateway: the bound on its memory. */
  static final int WINDOW = 64 * 1024;

  private final Vertx vertx;
  private final Patience patience;
  private final String address;
  private final DeliveryOptions asking;
  private final Map<Long, IncomingAnswer> answers = new HashMap<>();
  private final MessageConsumer<Frame> frames;
  private final long sweep;
  private long nextStream;

  /**
   * @param loop the number of the event loop: no two inboxes may have the same
   */
  public Inbox(Vertx vertx, int loop, Patience patience) {
    this.vertx = vertx;
    this.patience = patience;
    this.address = Addresses.inbox(loop);
    this.nextStream = (long) loop << 48;
    this.asking =
        new DeliveryOptions().setLocalOnly(true).setSendTimeout(patience.reply().toMillis());
    this.frames = vertx.eventBus().<Frame>localConsumer(address).handler(this::receive);
    this.sweep = vertx.setPeriodic(Patience.SWEEP.toMillis(), timer -> sweep());
  }

  /**
   * Asks whoever answers at {@code provider}.
   *
   * @param reader is called on this inbox's event loop, never before this method returns
   */
  public IncomingAnswer ask(
      String provider, Origin origin, ChatRequest request, AnswerReader reader) {
    long stream = nextStream++;
    IncomingAnswer answer = new IncomingAnswer(this, stream, provider, reader);
    answers.put(stream, answer);
    vertx
        .eventBus()
        .<Accepted>request(provider, new Ask(stream, address, WINDOW, origin, request), asking)
        .onComplete(reply -> answer.accept(), failure -> refuse(answer, failure));
    return answer;
  }

  /** How many answers are under way. */
  public int size() {
    return answers.size();
  }

  /** Ends every answer with {@code failure} and stops listening. */
  public Future<Void> close(Failure failure) {
    vertx.cancelTimer(sweep);
    abort(failure);
    return frames.unregister();
  }

  /** Ends every answer that is under way with {@code failure}. */
  public void abort(Failure failure) {
    List.copyOf(answers.values()).forEach(answer -> answer.abort(failure));
  }

  private void receive(Message<Frame> message) {
    IncomingAnswer answer = answers.get(message.body().stream());
    if (answer != null) {
      answer.receive(message.body());
    }
  }

  private void refuse(IncomingAnswer answer, Throwable cause) {
    Failure failure = GatewayException.failureOf(cause);
    if (failure.fault() == Fault.PROVIDER_UNAVAILABLE || failure.fault() == Fault.INTERNAL) {
      answer.abort(failure); // the answerer may be at work all the same
    } else {
      answer.refuse(failure);
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    List.copyOf(answers.values()).forEach(answer -> answer.check(now, patience));
  }

  void forget(long stream) {
    answers.remove(stream);
  }

  void send(String provider, Record message) {
    vertx.eventBus().send(provider, message, RecordCodec.LOCAL);
  }
}
