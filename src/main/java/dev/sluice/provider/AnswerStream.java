package dev.sluice.provider;

import dev.sluice.bus.OutgoingAnswer;
import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.wire.UpstreamWire;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a streamed answer from an upstream into the bus. All that one turn of the event loop brings
 * leaves as one frame, since each frame becomes a system call; without credit the upstream's socket
 * is paused.
 */
final class AnswerStream {
  private static final Logger log = LoggerFactory.getLogger(AnswerStream.class);

  /** How long an upstream may take to close its response behind the last event of the answer. */
  private static final long TIDY_END_MILLIS = 1000;

  private static final int ANSWER_LIMIT = 8 * 1024 * 1024;

  /** How much may gather before it is sent on; one turn of the event loop can read a megabyte. */
  private static final int MOST_AT_ONCE = 16 * 1024;

  private final Vertx vertx;
  private final Context context;
  private final UpstreamCall call;
  private final UpstreamWire.AnswerReader reader;
  private final HttpClientResponse response;
  private final OutgoingAnswer answer;
  private final Deadlines deadlines;

  private List<ChatEvent> events = new ArrayList<>(4);
  private int weight;
  private long total;
  private boolean flushing;
  private boolean paused;
  private long tidyEnd = -1;

  AnswerStream(
      Vertx vertx,
      UpstreamCall call,
      UpstreamWire.AnswerReader reader,
      HttpClientResponse response,
      OutgoingAnswer answer,
      Deadlines deadlines) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.call = call;
    this.reader = reader;
    this.response = response;
    this.answer = answer;
    this.deadlines = deadlines;
  }

  void read() {
    answer.onCredit(this::resume);
    response.handler(this::chunk).endHandler(ignored -> ended());
  }

  private void chunk(Buffer chunk) {
    if (answer.isOver()) {
      return;
    }
    byte[] bytes = chunk.getBytes();
    try {
      reader.read(bytes, 0, bytes.length, events::add);
    } catch (RuntimeException e) {
      answer.origin().on(log.atError()).setCause(e).log("the answer cannot be read");
      call.fail(Failure.INTERNAL);
      return;
    }
    weight += bytes.length;
    total += bytes.length;
    if (weight >= MOST_AT_ONCE) {
      flush(); // and so can pause before the rest of what lies in the socket is read as well
    } else if (!flushing) {
      flushing = true;
      context.runOnContext(ignored -> flush());
    }
  }

  private void flush() {
    flushing = false;
    if (answer.isOver()) {
      return;
    }
    ChatEvent last = write();
    if (answer.isOver()) {
      settle(last);
    } else if (total > ANSWER_LIMIT) {
      call.fail(Failure.of(Fault.ANSWER_TOO_LONG, "The model's answer is too long."));
    } else if (!answer.hasCredit() && !paused) {
      paused = true;
      response.pause();
      deadlines.pause();
    }
  }

  /** Sends what has gathered, and returns the last of it. */
  private @Nullable ChatEvent write() {
    List<ChatEvent> batch = events;
    int size = weight;
    events = new ArrayList<>(4);
    weight = 0;
    ChatEvent last = null;
    boolean content = false;
    for (ChatEvent event : batch) {
      content |= event.isContent();
      last = event;
    }
    if (content) {
      deadlines.content();
    }
    answer.write(batch, size);
    return last;
  }

  private void resume() {
    if (paused) {
      paused = false;
      deadlines.resume();
      response.resume();
    }
  }

  /** The answer's last event came before the end of the response. */
  private void settle(@Nullable ChatEvent last) {
    if (last instanceof ChatEvent.Done) {
      deadlines.close();
      tidyEnd = vertx.setTimer(TIDY_END_MILLIS, ignored -> call.abandon());
    } else {
      call.abandon();
    }
  }

  private void ended() {
    finish();
    call.end();
  }

  /**
   * Nothing more will be read: sends what has gathered, and that the answer is whole if it is. It
   * may be even where its response broke, since some upstreams say why they stop and then nothing.
   */
  void finish() {
    vertx.cancelTimer(tidyEnd);
    reader.end(events::add);
    write();
  }
}
