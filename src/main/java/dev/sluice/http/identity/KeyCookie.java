package dev.sluice.http.identity;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookie that a browser keeps a key in (RFC 6265bis): out of the reach of scripts, never sent
 * by another site's doing, and over TLS bound to this host alone by the prefix of its name.
 */
public final class KeyCookie {
  private static final String PLAIN = "sluice_key";
  private static final String SECURE = "__Host-" + PLAIN;
  private static final String A_MONTH = "2592000";

  /** What may stand in a cookie without quotes; of a key that is not, no browser is told. */
  private static final Pattern VALUE =
      Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]*");

  private KeyCookie() {}

  /**
   * The value of a {@code Set-Cookie} header.
   *
   * @param key empty to have it forgotten
   * @param secure whether the browser came over TLS
   */
  public static String written(String key, boolean secure) {
    String value = VALUE.matcher(key).matches() ? key : "";
    return (secure ? SECURE : PLAIN)
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + (value.isEmpty() ? "0" : A_MONTH)
        + (secure ? "; Secure" : "");
  }

  /** The key in a request's cookies. */
  static Optional<String> read(HeaderLines headers) {
    List<String> cookies =
        headers.all("cookie").stream()
            .flatMap(line -> Stream.of(line.split(";", -1)))
            .map(String::strip)
            .toList();
    return Stream.of(SECURE + "=", PLAIN + "=")
        .flatMap(
            name ->
                cookies.stream()
                    .filter(c -> c.startsWith(name))
                    .map(c -> c.substring(name.length())))
        .filter(key -> !key.isEmpty())
        .findFirst();
  }
}
