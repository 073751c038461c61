package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.telemetry.ClientFaults;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides on requests that a browser sends for a page of another origin. Pages of the origins in
 * {@code http.cors_origins} may use the API (Fetch standard, section 3.3). Those of all others may
 * not change or spend anything: what is not a {@code GET} is refused by {@code Origin} or by {@code
 * Sec-Fetch-Site}, and of a {@code GET} the browser keeps the answer from them.
 */
final class CrossOrigin {
  private static final int NO_CONTENT = 204;
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);
  private static final CharSequence METHODS = HttpHeaders.createOptimized("GET, POST");
  private static final CharSequence REQUEST_HEADERS =
      HttpHeaders.createOptimized(
          "authorization, content-type, x-api-key, x-csrftoken, traceparent");
  private static final CharSequence ANSWER_HEADERS =
      HttpHeaders.createOptimized(
          "retry-after, ratelimit, ratelimit-policy, x-request-id, x-ratelimit-limit,"
              + " x-ratelimit-remaining, x-ratelimit-reset");
  private static final CharSequence AN_HOUR = HttpHeaders.createOptimized("3600");
  private static final String ANY = "*";

  private final List<String> origins;
  private final ClientSide clients;
  private final ClientFaults faults;

  /**
   * @param origins the origins that may use the API, such as {@code https://chat.example}
   */
  CrossOrigin(List<String> origins, ClientSide clients, ClientFaults faults) {
    this.origins = origins;
    this.clients = clients;
    this.faults = faults;
  }

  /** Whether the request may go on; if not, it has been answered. */
  boolean admit(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (isListed(origin)) {
      return !request.path().startsWith("/api/") || share(exchange, origin);
    }
    if (SAFE.contains(request.method()) || !isForeign(request, origin)) {
      return true;
    }
    faults.seen(ClientFaults.Kind.FOREIGN_ORIGIN, "a page of another origin");
    exchange.fail(
        Failure.of(
            Fault.FOREIGN_ORIGIN,
            "A web page of another origin may not use this gateway. List its origin in"
                + " http.cors_origins to allow it."));
    return false;
  }

  /** Lets a listed origin read the response. Answers the question whether it may ask. */
  private boolean share(Exchange exchange, @Nullable String origin) {
    HttpServerRequest request = exchange.request();
    MultiMap headers = exchange.response().headers();
    headers
        .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origins.contains(ANY) ? ANY : origin)
        .set(HttpHeaders.VARY, HttpHeaders.ORIGIN)
        .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
    boolean asksFirst =
        request.method().equals(HttpMethod.OPTIONS)
            && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (asksFirst) {
      headers
          .set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
          .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, AN_HOUR);
      exchange.response().setStatusCode(NO_CONTENT).end();
    }
    return !asksFirst;
  }

  private boolean isForeign(HttpServerRequest request, @Nullable String origin) {
    String site = request.getHeader("sec-fetch-site");
    if (origin == null || "same-origin".equalsIgnoreCase(site)) {
      return "cross-site".equalsIgnoreCase(site);
    }
    HostAndPort own = clients.host(request);
    return own == null || !isOrigin(origin.toLowerCase(Locale.ROOT), own);
  }

  /** Whether {@code origin} names {@code own}; a proxy in front may have ended its TLS. */
  private static boolean isOrigin(String origin, HostAndPort own) {
    String name = own.host().toLowerCase(Locale.ROOT);
    for (String scheme : List.of("http://", "https://")) {
      String plain = scheme + name;
      int usual = scheme.equals("http://") ? 80 : 443;
      int port = own.port() > 0 ? own.port() : usual;
      if (origin.equals(plain + ":" + port) || (port == usual && origin.equals(plain))) {
        return true;
      }
    }
    return false;
  }

  private boolean isListed(@Nullable String origin) {
    return origin != null && (origins.contains(ANY) || origins.contains(origin));
  }
}
