package dev.sluice.http;

import dev.sluice.bus.AnswerReader;
import dev.sluice.bus.IncomingAnswer;
import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.telemetry.ChatRecord;
import dev.sluice.wire.JsonOutput;
import dev.sluice.wire.page.PageAnswerWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that leaves as server-sent events while it is made. What one frame of the bus brings
 * leaves by one write; while the client's socket is full, no credit goes back to the source.
 */
final class StreamedAnswer implements AnswerReader {
  private static final CharSequence EVENT_STREAM =
      HttpHeaders.createOptimized("text/event-stream; charset=utf-8");
  private static final CharSequence UNTOUCHED =
      HttpHeaders.createOptimized("no-cache, no-transform");
  private static final CharSequence BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");
  private static final CharSequence NO = HttpHeaders.createOptimized("no");

  private final Exchange exchange;
  private final HttpServerResponse response;
  private final ChatRecord record;
  private final PageAnswerWriter writer;
  private final JsonOutput out;
  private final Charge charge;
  private @Nullable IncomingAnswer answer;
  private int owed;

  /**
   * @param out is written to and cleared in one go, so all answers of an event loop can share it
   * @param charge is told when it is over
   */
  StreamedAnswer(
      Exchange exchange,
      ChatRecord record,
      PageAnswerWriter writer,
      JsonOutput out,
      Charge charge) {
    this.exchange = exchange;
    this.response = exchange.response();
    this.record = record;
    this.writer = writer;
    this.out = out;
    this.charge = charge;
  }

  /** Reads {@code answer} until its end, or until the client leaves. */
  void follow(IncomingAnswer answer) {
    this.answer = answer;
    Departure.of(exchange, answer, record, charge);
    response.drainHandler(drained -> repay());
  }

  @Override
  public void accepted() {
    response.setChunked(true);
    response
        .headers()
        .set(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
        .set(HttpHeaders.CACHE_CONTROL, UNTOUCHED)
        .set(BUFFERING, NO);
  }

  @Override
  public void read(List<ChatEvent> events, int weight) {
    record.saw(events);
    writer.write(events, out);
    ChatEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
    if (last instanceof ChatEvent.Terminal) {
      charge.ended(record.usage());
    }
    if (last instanceof ChatEvent.Failed failed && failed.failure().fault() == Fault.SLOW_CLIENT) {
      out.clear();
      response.reset();
    } else if (last instanceof ChatEvent.Terminal) {
      response.end(written());
    } else {
      send(weight);
    }
  }

  @Override
  public void refused(Failure failure) {
    record.refused(failure);
    charge.refused(failure, record.usage());
    exchange.fail(failure);
  }

  private void send(int weight) {
    owed += weight;
    if (out.isEmpty()) {
      if (response.writeQueueFull()) {
        return; // a heartbeat would only lengthen the queue
      }
      PageAnswerWriter.heartbeat(out);
    }
    response.write(written());
    if (!response.writeQueueFull()) {
      repay();
    }
  }

  private Buffer written() {
    Buffer bytes = Buffer.buffer(out.toBytes());
    out.clear();
    return bytes;
  }

  private void repay() {
    if (owed > 0 && answer != null) {
      int weight = owed;
      owed = 0;
      answer.consumed(weight);
    }
  }
}
