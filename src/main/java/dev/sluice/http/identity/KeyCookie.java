package dev.sluice.http.identity;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookie that a browser keeps a key in (RFC 6265bis): out of the reach of scripts and never
 * sent by another site's doing. Over TLS the prefix {@code __Host-} binds it to this host, and only
 * that name is read, since any host of the same domain could have set the plain one. Without TLS
 * browsers refuse the prefix: there the plain name is set, and both are read.
 */
public final class KeyCookie {
  private static final String PLAIN = "sluice_key";
  private static final String SECURE = "__Host-" + PLAIN;
  private static final String MONTH_SECONDS = "2592000";

  /** Browsers drop a cookie of more than 4,096 bytes, name and value together. */
  private static final int LONGEST_VALUE = 4_096 - SECURE.length();

  /** How many values are read; a request with more of them is no browser's. */
  private static final int MOST_VALUES = 8;

  /** A cookie's value without quotes (RFC 6265, section 4.1.1), not empty. */
  private static final Pattern VALUE =
      Pattern.compile(
          "[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]{1," + LONGEST_VALUE + "}");

  private KeyCookie() {}

  /** Whether a browser can keep this key. */
  public static boolean canHold(String key) {
    return VALUE.matcher(key).matches();
  }

  /**
   * The {@code Set-Cookie} values by which a browser keeps a key.
   *
   * @param key one that {@link #canHold} allows
   * @param secure whether the browser came over TLS; then a cookie of the plain name is cleared
   */
  public static List<String> keep(String key, boolean secure) {
    return secure
        ? List.of(set(SECURE, key, MONTH_SECONDS, true), set(PLAIN, "", "0", true))
        : List.of(set(PLAIN, key, MONTH_SECONDS, false));
  }

  /** The {@code Set-Cookie} values by which a browser forgets the key. */
  public static List<String> forget(boolean secure) {
    return secure
        ? List.of(set(SECURE, "", "0", true), set(PLAIN, "", "0", true))
        : List.of(set(PLAIN, "", "0", false));
  }

  private static String set(String name, String value, String seconds, boolean secure) {
    return name
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (secure ? "; Secure" : "");
  }

  /**
   * The different keys in a request's cookies, in order. Quotes around a value are no part of it.
   * Values that no browser was given, such as empty ones, are left out.
   */
  static List<String> read(HeaderLines headers, boolean secure) {
    List<String> names = secure ? List.of(SECURE) : List.of(SECURE, PLAIN);
    return headers.all("cookie").stream()
        .flatMap(line -> Stream.of(line.split(";", -1)))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2 && names.contains(pair[0].strip()))
        .map(pair -> unquoted(pair[1].strip()))
        .filter(KeyCookie::canHold)
        .distinct()
        .limit(MOST_VALUES)
        .toList();
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
