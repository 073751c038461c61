package dev.sluice.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request passed on, and its answer passed back: chunk by chunk, or with one write for all that
 * one tick of the event loop brought.
 */
final class ProxyExchange {
  private final Context context;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final boolean gather;
  private @Nullable HttpClientRequest asked;
  private @Nullable Buffer gathered;
  private boolean gone;
  private boolean answered;

  ProxyExchange(Context context, HttpServerRequest request, boolean gather) {
    this.context = context;
    this.request = request;
    this.response = request.response();
    this.gather = gather;
  }

  void pass(HttpClient client) {
    response.closeHandler(closed -> leave());
    request
        .body()
        .compose(
            body -> client.request(request.method(), request.uri()).compose(out -> ask(out, body)))
        .onSuccess(this::relay)
        .onFailure(cause -> refuse());
  }

  /** The client may leave before the upstream is even asked. */
  private void leave() {
    gone = true;
    HttpClientRequest out = asked;
    if (out != null) {
      out.reset();
    }
  }

  private Future<HttpClientResponse> ask(HttpClientRequest out, Buffer body) {
    if (gone) {
      out.reset();
      return Future.failedFuture("the client has left");
    }
    asked = out;
    String type = request.getHeader("content-type");
    if (type != null) {
      out.putHeader("content-type", type);
    }
    return out.send(body);
  }

  private void refuse() {
    if (!gone && !response.headWritten()) {
      response.setStatusCode(502).end();
    }
  }

  private void relay(HttpClientResponse answer) {
    if (gone) {
      return;
    }
    response.setStatusCode(answer.statusCode());
    response.putHeader("content-type", answer.getHeader("content-type"));
    String length = answer.getHeader("content-length");
    if (length == null) {
      response.setChunked(true);
    } else {
      response.putHeader("content-length", length);
    }
    response.drainHandler(drained -> answer.resume());
    answer.exceptionHandler(cause -> response.reset());
    answer.endHandler(end -> finish());
    answer.handler(chunk -> take(chunk, answer));
  }

  private void take(Buffer chunk, HttpClientResponse answer) {
    Buffer before = gathered;
    if (before != null) {
      before.appendBuffer(chunk);
    } else if (gather) {
      gathered = Buffer.buffer(2 * chunk.length()).appendBuffer(chunk);
      context.runOnContext(tick -> flush(answer));
    } else {
      write(chunk, answer);
    }
  }

  private void flush(HttpClientResponse answer) {
    Buffer all = gathered;
    gathered = null;
    if (all == null || gone) {
      return;
    }
    if (answered) {
      response.end(all);
    } else {
      write(all, answer);
    }
  }

  private void write(Buffer bytes, HttpClientResponse answer) {
    if (gone) {
      return;
    }
    response.write(bytes);
    if (response.writeQueueFull()) {
      answer.pause();
    }
  }

  private void finish() {
    answered = true;
    if (gathered == null && !gone) {
      response.end();
    }
  }
}
