package dev.sluice.bench;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Passes an answer on with one write for all chunks that one tick of the event loop brought. */
final class GatheringRelay {
  private final Context context;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private @Nullable Buffer gathered;
  private boolean ended;

  GatheringRelay(Context context, HttpClientResponse from, HttpServerResponse to) {
    this.context = context;
    this.from = from;
    this.to = to;
  }

  void start() {
    to.drainHandler(drained -> from.resume());
    from.exceptionHandler(cause -> to.reset());
    from.endHandler(
        end -> {
          ended = true;
          if (gathered == null) {
            to.end();
          }
        });
    from.handler(this::take);
  }

  private void take(Buffer chunk) {
    Buffer before = gathered;
    if (before != null) {
      before.appendBuffer(chunk);
      return;
    }
    gathered = Buffer.buffer(chunk.length() * 2).appendBuffer(chunk);
    context.runOnContext(tick -> flush());
  }

  private void flush() {
    Buffer all = gathered;
    gathered = null;
    if (all == null || to.closed()) {
      return;
    }
    if (ended) {
      to.end(all);
      return;
    }
    to.write(all);
    if (to.writeQueueFull()) {
      from.pause();
    }
  }
}
