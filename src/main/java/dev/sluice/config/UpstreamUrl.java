package dev.sluice.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the base URL of an upstream may be. */
final class UpstreamUrl {
  private UpstreamUrl() {}

  /** What is wrong with it, as a sentence that begins with a verb; empty if nothing is. */
  static Optional<String> objection(String text) {
    try {
      return Optional.ofNullable(objection(new URI(text)));
    } catch (URISyntaxException e) {
      return Optional.of("must be a URL such as https://api.example.com/v1");
    }
  }

  private static @Nullable String objection(URI url) {
    if (!"https".equalsIgnoreCase(url.getScheme()) && !"http".equalsIgnoreCase(url.getScheme())) {
      return "must begin with https:// or http://";
    }
    if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
      return "must not hold a user or a password";
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return "must end with its path, without ? and #";
    }
    if (url.getHost() == null || url.getPort() > 65535 || url.getPort() == 0) {
      return "must name a host of letters, digits, dots and hyphens, and perhaps a port";
    }
    return BlockedHost.isBlocked(url.getHost())
        ? "must not be a link-local or metadata address"
        : null;
  }

  /** The same URL without the slashes at its end. */
  static String withoutSlash(String url) {
    int end = url.length();
    while (url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }
}
