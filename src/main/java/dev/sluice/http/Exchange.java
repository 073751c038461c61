package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.http.connection.OpenRequest;
import dev.sluice.wire.page.PageErrors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * One request and its response. Whatever is sent through it carries the request's id; nothing is
 * sent twice, and nothing to a client that has left.
 */
final class Exchange {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json; charset=utf-8");
  private static final long NO_ERROR = 0;
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private final HttpServerRequest request;
  private final String id;
  private final OpenRequest open;
  private Runnable whenOver = () -> {};

  /**
   * @param open is ended when the response has ended, or cannot any more
   */
  Exchange(HttpServerRequest request, String id, OpenRequest open) {
    this.request = request;
    this.id = id;
    this.open = open;
    request.response().endHandler(ended -> over());
    request.response().closeHandler(closed -> over());
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

  /** {@code action} runs once when the response has ended, or cannot any more. */
  void onOver(Runnable action) {
    Runnable before = whenOver;
    whenOver =
        () -> {
          before.run();
          action.run();
        };
  }

  private void over() {
    open.end();
    Runnable actions = whenOver;
    whenOver = () -> {};
    actions.run();
  }

  /** The request is whole, and will be answered whatever else happens. */
  void accept() {
    open.accept();
  }

  /** Whether the connection exceeds the limit, so that only health is answered. */
  boolean isSurplus() {
    return open.isSurplus();
  }

  /** {@code action} runs if the client leaves, perhaps more than once, or after its answer. */
  void onDeparture(Runnable action) {
    response().exceptionHandler(cause -> action.run());
    response()
        .closeHandler(
            closed -> {
              over();
              action.run();
            });
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
   * Says what went wrong. If a part of the request's body is still under way, it is not waited for:
   * otherwise all the rest would have to be swallowed.
   */
  void fail(Failure failure) {
    if (!isOpen()) {
      return;
    }
    if (failure.retryAfterSeconds() != null) {
      response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(failure.retryAfterSeconds()));
    }
    byte[] body = PageErrors.write(failure, id);
    if (bodyUnderWay()) {
      response().exceptionHandler(ignored -> {});
      request.handler(ignored -> {});
      giveUpBody(failure.fault().status(), body);
    } else {
      json(failure.fault().status(), body);
    }
  }

  /** Says what went wrong and closes the connection, since what follows on it cannot be trusted. */
  void failAndClose(Failure failure) {
    if (isOpen() && !isHttp2()) {
      response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    fail(failure);
    request.connection().shutdown(1, TimeUnit.SECONDS);
  }

  private boolean bodyUnderWay() {
    return !request.isEnded()
        && (isHttp2()
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            || !length().equals("0"));
  }

  /** HTTP/1.1 has to close the connection; HTTP/2 ends the one stream (RFC 9113, section 8.1). */
  private void giveUpBody(int status, byte[] answer) {
    if (isHttp2()) {
      json(status, answer);
      response().reset(NO_ERROR);
    } else {
      response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      json(status, answer);
      request.connection().shutdown(1, TimeUnit.SECONDS);
    }
  }

  private String length() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? "0" : length;
  }

  private boolean isHttp2() {
    return request.version() == HttpVersion.HTTP_2;
  }

  void fail(Throwable cause) {
    fail(GatewayException.failureOf(cause));
  }
}
