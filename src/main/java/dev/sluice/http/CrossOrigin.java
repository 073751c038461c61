package dev.sluice.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other origins ask the API from a browser, if the settings name them (Fetch
 * standard, section 3.3). There are no cookies, so nothing is done in anybody's name. To all others
 * nothing is said, and the browser keeps the answer from them.
 */
final class CrossOrigin {
  private static final int NO_CONTENT = 204;
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

  CrossOrigin(List<String> origins) {
    this.origins = origins;
  }

  /** Whether the request may go on; if not, it was only to ask whether it may, and is answered. */
  boolean admits(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origins.isEmpty() || !isListed(origin) || !request.path().startsWith("/api/")) {
      return true;
    }
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

  private boolean isListed(@Nullable String origin) {
    return origin != null && (origins.contains(ANY) || origins.contains(origin));
  }
}
