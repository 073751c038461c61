package dev.sluice.http.identity;

import dev.sluice.config.IpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For whom a proxy says it asks: an address with or without a port (RFC 7239, section 6). */
final class ForwardedNode {
  private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)]" + PORT);
  private static final Pattern IPV4 = Pattern.compile("([0-9.]+)" + PORT);

  private ForwardedNode() {}

  /**
   * The address. Besides what the RFC has, an IPv6 address may stand without brackets if no port
   * follows, as most proxies write it into {@code X-Forwarded-For}. Nothing for {@code unknown},
   * for an obfuscated name ({@code _hidden}), for a host's name and for all else.
   */
  static Optional<IpAddress> address(String text) {
    Matcher brackets = BRACKETS.matcher(text);
    if (brackets.matches()) {
      return IpAddress.parse(brackets.group(1));
    }
    Matcher ipv4 = IPV4.matcher(text);
    return IpAddress.parse(ipv4.matches() ? ipv4.group(1) : text);
  }
}
