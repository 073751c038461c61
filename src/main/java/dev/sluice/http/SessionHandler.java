package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.http.identity.KeyCookie;
import dev.sluice.wire.Json;
import dev.sluice.wire.JsonException;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Supplier;

/**
 * {@code /api/session}: lets a browser keep a key where no script can read it. {@code POST {key}}
 * signs in, {@code DELETE} signs out; both answer 204. There is no session: the cookie is the key.
 */
final class SessionHandler {
  private static final int NO_CONTENT = 204;

  private final RequestBody bodies;
  private final Supplier<Edition> edition;
  private final HttpsOnly httpsOnly;

  SessionHandler(RequestBody bodies, Supplier<Edition> edition, HttpsOnly httpsOnly) {
    this.bodies = bodies;
    this.edition = edition;
    this.httpsOnly = httpsOnly;
  }

  void begin(Exchange exchange) {
    bodies
        .read(exchange.request())
        .map(SessionHandler::key)
        .compose(key -> edition.get().admissions().verified(exchange, key))
        .onComplete(key -> answer(exchange, key), exchange::fail);
  }

  void end(Exchange exchange) {
    answer(exchange, "");
  }

  private void answer(Exchange exchange, String key) {
    if (!exchange.isOpen()) {
      return;
    }
    boolean secure = httpsOnly.isSecure(exchange.request());
    exchange
        .response()
        .setStatusCode(NO_CONTENT)
        .putHeader(HttpHeaders.SET_COOKIE, KeyCookie.written(key, secure))
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  private static String key(byte[] body) {
    try {
      if (Json.readStrictly(body).get("key") instanceof String key && !key.isBlank()) {
        return key.strip();
      }
    } catch (JsonException e) {
      throw new GatewayException(Failure.of(Fault.INVALID_JSON, String.valueOf(e.getMessage())));
    }
    throw new GatewayException(
        Failure.at("key", Fault.INVALID_REQUEST, "key must be a text that is not empty."));
  }
}
