package dev.sluice.http.connection;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** The failure of a request whose head could not be decoded. */
public final class UndecodableHead {
  private UndecodableHead() {}

  public static Failure failure(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      return Failure.of(Fault.URI_TOO_LONG, "The request line is too long.");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Failure.of(Fault.HEADERS_TOO_LARGE, "The headers of the request are too large.");
    }
    return Failure.of(Fault.INVALID_REQUEST, "The request is not valid HTTP.");
  }
}
