package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.HttpConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Redirects requests without TLS to HTTPS, and tells clients with TLS to stay there (RFC 6797).
 * Behind a proxy that ends TLS the word of a trusted one counts.
 */
final class HttpsOnly {
  private static final int PERMANENT_REDIRECT = 308;

  /** Load balancers ask these without TLS. No other spelling of them is meant. */
  private static final Set<String> PROBES = Set.of("/health/live", "/health/ready");

  private static final CharSequence STRICT =
      HttpHeaders.createOptimized("strict-transport-security");
  private static final CharSequence YEAR = HttpHeaders.createOptimized("max-age=31536000");

  private final boolean wanted;
  private final ClientSide clients;

  HttpsOnly(HttpConfig http) {
    wanted = http.forceHttps();
    clients = new ClientSide(http);
  }

  /** Whether the request may go on; if not, it has been answered. */
  boolean admits(Exchange exchange) {
    if (!wanted) {
      return true;
    }
    if (isSecure(exchange.request())) {
      exchange.response().headers().set(STRICT, YEAR);
      return true;
    }
    String path = exchange.request().path();
    if (path != null && PROBES.contains(path)) {
      return true;
    }
    redirect(exchange, null);
    return false;
  }

  /**
   * Answers by the same address over HTTPS, or by 400 if the request names none.
   *
   * @param port where HTTPS is; null for the usual one
   */
  static void redirect(Exchange exchange, @Nullable Integer port) {
    Optional<String> location = HttpsLocation.of(exchange.request(), port);
    if (location.isEmpty()) {
      exchange.fail(
          Failure.of(
              Fault.INVALID_REQUEST,
              "HTTPS is required, and the request names no address to redirect to: it must have a"
                  + " valid Host and a path."));
      return;
    }
    exchange
        .response()
        .setStatusCode(PERMANENT_REDIRECT)
        .putHeader(HttpHeaders.LOCATION, location.get())
        .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
        .end();
  }

  /** Whether the client came over TLS, by what is seen or by what a trusted proxy says. */
  boolean isSecure(HttpServerRequest request) {
    return clients.isSecure(request);
  }
}
