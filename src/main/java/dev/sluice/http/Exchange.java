package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.wire.page.PageErrors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/**
 * One request and its response. Whatever is sent through it carries the request's id; nothing is
 * sent twice, and nothing to a client that has left.
 */
final class Exchange {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json; charset=utf-8");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private final HttpServerRequest request;
  private final String id;

  Exchange(HttpServerRequest request, String id) {
    this.request = request;
    this.id = id;
    request.response().headers().set(REQUEST_ID, id);
    SecurityHeaders.add(request.response().headers());
  }

  String id() {
    return id;
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return request.response();
  }

  /** Whether a response can still be begun. */
  boolean isOpen() {
    return !response().headWritten() && !response().ended() && !response().closed();
  }

  void json(int status, byte[] body) {
    if (isOpen()) {
      response()
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
          .end(Buffer.buffer(body));
    }
  }

  /**
   * Says what went wrong. If a part of the request's body is still under way, the connection is
   * closed behind the response, for otherwise all the rest would have to be swallowed.
   */
  void fail(Failure failure) {
    if (!isOpen()) {
      return;
    }
    if (failure.retryAfterSeconds() != null) {
      response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(failure.retryAfterSeconds()));
    }
    boolean bodyUnderWay = !request.isEnded();
    if (bodyUnderWay) {
      response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    json(failure.fault().status(), PageErrors.write(failure, id));
    if (bodyUnderWay) {
      request.handler(ignored -> {});
      response().exceptionHandler(ignored -> {});
      request.connection().shutdown(1, TimeUnit.SECONDS);
    }
  }

  void fail(Throwable cause) {
    fail(GatewayException.failureOf(cause));
  }
}
