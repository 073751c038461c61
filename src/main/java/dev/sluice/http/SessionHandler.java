package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.http.identity.KeyCookie;
import dev.sluice.wire.Json;
import dev.sluice.wire.JsonException;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /api/session}: lets a browser keep a key where no script can read it. {@code POST {key}}
 * signs in, {@code DELETE} signs out; both answer 204. There is no session: the cookie is the key.
 */
final class SessionHandler {
  private static final int NO_CONTENT = 204;

  /** The share of body memory that all who sign in have together. */
  private static final String BODIES = "session";

  private final RequestBody bodies;
  private final Supplier<Edition> edition;
  private final HttpsOnly httpsOnly;

  SessionHandler(RequestBody bodies, Supplier<Edition> edition, HttpsOnly httpsOnly) {
    this.bodies = bodies;
    this.edition = edition;
    this.httpsOnly = httpsOnly;
  }

  void begin(Exchange exchange) {
    bodies.check(exchange.request());
    bodies
        .read(exchange, BODIES)
        .map(SessionHandler::key)
        .compose(key -> edition.get().authenticator().holder(exchange, key).map(holder -> key))
        .onComplete(key -> keep(exchange, key), exchange::fail);
  }

  void end(Exchange exchange) {
    answer(exchange, KeyCookie.forget(httpsOnly.isSecure(exchange.request())));
  }

  private void keep(Exchange exchange, String key) {
    if (KeyCookie.canHold(key)) {
      answer(exchange, KeyCookie.keep(key, httpsOnly.isSecure(exchange.request())));
    } else {
      exchange.fail(
          Failure.at(
              "key",
              Fault.INVALID_REQUEST,
              "key cannot be kept by a browser: it is too long, or it has a comma, a semicolon, a"
                  + " quote or a backslash. Use one that --new-key makes."));
    }
  }

  private static void answer(Exchange exchange, List<String> cookies) {
    if (exchange.isOpen()) {
      exchange
          .response()
          .setStatusCode(NO_CONTENT)
          .putHeader("set-cookie", cookies)
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .end();
    }
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
