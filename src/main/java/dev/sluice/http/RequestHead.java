package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a request's head that Vert.x leaves open: one host, one framing, a bounded number of
 * headers. A head that two programs may read in two ways is refused (RFC 9112, section 11.2).
 */
final class RequestHead {
  private static final int MOST_HEADERS = 100;

  private RequestHead() {}

  /** What is wrong with the head; nothing if it is in order. */
  static Optional<Failure> problem(HttpServerRequest request) {
    boolean http2 = request.version() == HttpVersion.HTTP_2;
    if (http2 && lines(request) > MOST_HEADERS) {
      return Optional.of(
          Failure.of(
              Fault.HEADERS_TOO_LARGE,
              "The request must have at most " + MOST_HEADERS + " headers."));
    }
    List<String> hosts = request.headers().getAll("host");
    if (hosts.size() > 1) {
      return malformed("The request must name one Host.");
    }
    HostAndPort authority = request.authority();
    boolean unnamed = authority == null || authority.host().isBlank();
    if (unnamed && (http2 || request.version() == HttpVersion.HTTP_1_1)) {
      return malformed("The request names no valid Host.");
    }
    if (http2 && hosts.size() == 1 && differs(hosts.get(0), request.authority(true))) {
      return malformed("Host must be the same as :authority.");
    }
    return http2 ? Optional.empty() : http1(request);
  }

  /** Over HTTP/1.1 the decoder counts them. */
  private static int lines(HttpServerRequest request) {
    int lines = 0;
    for (Map.Entry<String, String> ignored : request.headers()) {
      lines++;
    }
    return lines;
  }

  private static Optional<Failure> http1(HttpServerRequest request) {
    List<String> codings = request.headers().getAll("transfer-encoding");
    boolean chunked = codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
    if (!codings.isEmpty() && !chunked) {
      return malformed("Transfer-Encoding must be chunked and nothing else.");
    }
    String target = request.uri();
    if (request.method().equals(HttpMethod.CONNECT)) {
      return Optional.of(
          Failure.of(
              Fault.METHOD_NOT_ALLOWED, "The gateway is no proxy: CONNECT is not supported."));
    }
    if (target.startsWith("/") || target.equals("*")) {
      return isDecodable(target)
          ? Optional.empty()
          : malformed("The request target has a % without two hexadecimal digits behind it.");
    }
    // RFC 9112, section 3.2.2: a proxy's form of the target, which names the host once more.
    String lower = target.toLowerCase(Locale.ROOT);
    int authority = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : 0;
    if (authority == 0) {
      return malformed("The request target must be a path.");
    }
    String named = target.substring(authority).split("[/?#]", 2)[0];
    return differs(named, request.authority())
        ? malformed("The host in the request target must be the same as Host.")
        : Optional.empty();
  }

  private static boolean isDecodable(String target) {
    for (int i = target.indexOf('%'); i >= 0; i = target.indexOf('%', i + 1)) {
      if (i + 2 >= target.length()
          || Character.digit(target.charAt(i + 1), 16) < 0
          || Character.digit(target.charAt(i + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean differs(String named, @Nullable HostAndPort authority) {
    return authority == null || !named.equalsIgnoreCase(authority.toString());
  }

  private static Optional<Failure> malformed(String message) {
    return Optional.of(Failure.of(Fault.INVALID_REQUEST, message));
  }
}
