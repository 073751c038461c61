package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.Cidr;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.IpAddress;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends whoever comes without TLS to HTTPS, and tells all others to stay there (RFC 6797). Behind a
 * proxy that ends TLS, what a trusted one says in X-Forwarded-Proto counts. Load balancers that ask
 * for the health come by any way.
 */
final class HttpsOnly {
  private static final int PERMANENT_REDIRECT = 308;
  private static final CharSequence STRICT =
      HttpHeaders.createOptimized("strict-transport-security");
  private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");

  private final boolean wanted;
  private final List<Cidr> trusted;

  HttpsOnly(HttpConfig http) {
    wanted = http.forceHttps();
    trusted = http.trustedProxies();
  }

  /** Whether the request may go on; if not, it has been answered. */
  boolean admits(Exchange exchange) {
    if (!wanted) {
      return true;
    }
    HttpServerRequest request = exchange.request();
    if (isSecure(request)) {
      exchange.response().headers().set(STRICT, A_YEAR);
      return true;
    }
    if (request.path() != null && request.path().startsWith("/health/")) {
      return true;
    }
    redirect(exchange, null);
    return false;
  }

  /**
   * Answers by the same address over HTTPS.
   *
   * @param port where that is; null for the usual one
   */
  static void redirect(Exchange exchange, @Nullable Integer port) {
    HostAndPort authority = exchange.request().authority();
    if (authority == null) {
      exchange.fail(Failure.of(Fault.INVALID_REQUEST, "The request names no host."));
      return;
    }
    String place = port == null || port == 443 ? "" : ":" + port;
    exchange
        .response()
        .setStatusCode(PERMANENT_REDIRECT)
        .putHeader(
            HttpHeaders.LOCATION, "https://" + authority.host() + place + exchange.request().uri())
        .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
        .end();
  }

  /** Whether the client came over TLS, by what is seen or by what a trusted proxy says. */
  boolean isSecure(HttpServerRequest request) {
    if (request.isSSL()) {
      return true;
    }
    String said = request.getHeader("x-forwarded-proto");
    return said != null
        && said.split(",", 2)[0].strip().equalsIgnoreCase("https")
        && isTrusted(request.remoteAddress());
  }

  private boolean isTrusted(@Nullable SocketAddress peer) {
    return Optional.ofNullable(peer)
        .map(SocketAddress::hostAddress)
        .flatMap(IpAddress::parse)
        .filter(address -> Cidr.anyContains(trusted, address))
        .isPresent();
  }
}
