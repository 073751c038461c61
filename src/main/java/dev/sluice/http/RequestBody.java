package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON body of a request: bounded in size, bounded in time, and refused before a byte of
 * it is read where its head already says that it will not do. Fails with a {@link
 * GatewayException}.
 */
final class RequestBody {

  /** What a client must send per second of its own, beyond the grace that each body has. */
  private static final int BYTES_PER_SECOND = 16 * 1024;

  private final Vertx vertx;
  private final int limit;
  private final Duration grace;
  private final Set<Promise<byte[]>> pending = new HashSet<>();

  RequestBody(Vertx vertx, int limit, Duration grace) {
    this.vertx = vertx;
    this.limit = limit;
    this.grace = grace;
  }

  /** Must be called while the request is being handled, before any of its body has passed. */
  Future<byte[]> read(HttpServerRequest request) {
    Failure refusal = refusal(request);
    if (refusal != null) {
      return Future.failedFuture(new GatewayException(refusal));
    }
    if (header(request, "expect").equals("100-continue")) {
      request.response().writeContinue();
    }
    Promise<byte[]> whole = Promise.promise();
    pending.add(whole);
    Buffer body = Buffer.buffer();
    long timer = vertx.setTimer(deadline().toMillis(), id -> whole.tryFail(tooSlow()));
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > limit) {
            whole.tryFail(tooLarge());
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(end -> whole.tryComplete(body.getBytes()));
    request.exceptionHandler(cause -> whole.tryFail(broken()));
    return whole
        .future()
        .onComplete(
            any -> {
              pending.remove(whole);
              vertx.cancelTimer(timer);
            });
  }

  /** Fails every body that is still under way. */
  void abort(Failure failure) {
    List.copyOf(pending).forEach(body -> body.tryFail(new GatewayException(failure)));
  }

  private Duration deadline() {
    return grace.plusSeconds(limit / BYTES_PER_SECOND);
  }

  private @Nullable Failure refusal(HttpServerRequest request) {
    String type = header(request, "content-type");
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      return Failure.of(Fault.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json.");
    }
    String coding = header(request, "content-encoding");
    if (!coding.isEmpty() && !coding.equals("identity")) {
      return Failure.of(
          Fault.UNSUPPORTED_MEDIA_TYPE, "The body must come without a Content-Encoding.");
    }
    String length = header(request, "content-length");
    if (length.length() > 18 || (!length.isEmpty() && Long.parseLong(length) > limit)) {
      return tooLarge().failure();
    }
    return null;
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }

  private GatewayException tooLarge() {
    return new GatewayException(
        Failure.of(Fault.BODY_TOO_LARGE, "The body must be at most " + limit + " bytes long."));
  }

  private static GatewayException tooSlow() {
    return new GatewayException(
        Failure.of(Fault.REQUEST_TIMEOUT, "The body did not arrive in time."));
  }

  private static GatewayException broken() {
    return new GatewayException(
        Failure.of(Fault.INVALID_REQUEST, "The body did not arrive whole."));
  }
}
