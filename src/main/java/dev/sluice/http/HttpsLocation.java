package dev.sluice.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address over HTTPS of what a request without TLS asks for. */
final class HttpsLocation {
  private static final int HTTPS_PORT = 443;

  /** A path from the root and a query, of visible ASCII characters (RFC 9112, section 3.2.1). */
  private static final Pattern ORIGIN_FORM = Pattern.compile("/(?!/)[\\x21-\\x7e]*");

  /** RFC 9112, section 3.2.2. */
  private static final Pattern ABSOLUTE_FORM =
      Pattern.compile("https?://([^/?]+)(.*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*)|\\[[0-9A-Fa-f:.]+\\]");

  private HttpsLocation() {}

  /**
   * The location, or nothing if the request names no host that it may be sent to, or no path there.
   *
   * @param port where HTTPS is; null for the usual one
   */
  static Optional<String> of(HttpServerRequest request, @Nullable Integer port) {
    HostAndPort authority = request.authority();
    if (authority == null) {
      return Optional.empty();
    }
    String place = port == null || port == HTTPS_PORT ? "" : ":" + port;
    return host(authority)
        .flatMap(
            host -> path(request.uri(), authority).map(path -> "https://" + host + place + path));
  }

  /** The host to send to, if it is one that may be sent to. */
  private static Optional<String> host(HostAndPort authority) {
    return Optional.of(authority.host()).filter(host -> HOST.matcher(host).matches());
  }

  private static Optional<String> path(String target, HostAndPort authority) {
    Matcher absolute = ABSOLUTE_FORM.matcher(target);
    if (!absolute.matches()) {
      return Optional.of(target).filter(path -> ORIGIN_FORM.matcher(path).matches());
    }
    String path = absolute.group(2).startsWith("/") ? absolute.group(2) : "/" + absolute.group(2);
    return Optional.of(path)
        .filter(there -> absolute.group(1).equalsIgnoreCase(authority.toString()))
        .filter(there -> ORIGIN_FORM.matcher(there).matches());
  }
}
