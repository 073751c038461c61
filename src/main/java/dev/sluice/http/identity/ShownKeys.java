package dev.sluice.http.identity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The different keys or tokens that a request shows, by whichever header they come: {@code
 * Authorization: Bearer} (RFC 6750, section 2.1) or {@code x-api-key}; where there is neither, by
 * the cookie that a browser keeps. Another scheme than Bearer is not a key: a proxy in front may
 * have asked for it.
 *
 * @param byCookie whether they are values of the cookie
 */
public record ShownKeys(List<String> keys, boolean byCookie) {
  private static final Pattern BEARER =
      Pattern.compile("bearer(?:[ \\t]+(.*))?", Pattern.CASE_INSENSITIVE);

  /** Three parts in base64url (RFC 7515, section 7.1), none of them empty. */
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]{1,4096}\\.[A-Za-z0-9_-]{1,8192}\\.[A-Za-z0-9_-]{1,2048}");

  public static final ShownKeys NONE = new ShownKeys(List.of(), false);

  public ShownKeys {
    keys = List.copyOf(keys);
  }

  /**
   * Reads a request's headers.
   *
   * @param secure whether the client came over TLS
   */
  public static ShownKeys of(HeaderLines headers, boolean secure) {
    Set<String> keys = new LinkedHashSet<>();
    for (String line : headers.all("authorization")) {
      Matcher bearer = BEARER.matcher(line.strip());
      if (bearer.matches()) {
        keys.add(bearer.group(1) == null ? "" : bearer.group(1));
      }
    }
    headers.all("x-api-key").forEach(line -> keys.add(line.strip()));
    return keys.isEmpty()
        ? new ShownKeys(KeyCookie.read(headers, secure), true)
        : new ShownKeys(List.copyOf(keys), false);
  }

  /** One key that came in another way, such as in a body. */
  public static ShownKeys one(String key) {
    return new ShownKeys(List.of(key), false);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Without those that do not look like a JSON Web Token. */
  public ShownKeys onlyTokens() {
    return new ShownKeys(
        keys.stream().filter(key -> TOKEN.matcher(key).matches()).toList(), byCookie);
  }

  /** Whether the headers contradict each other. Among cookies the good one counts. */
  public boolean isAmbiguous() {
    return !byCookie && keys.size() > 1;
  }

  /** Keeps them out of logs. */
  @Override
  public String toString() {
    return keys.size() + " keys";
  }
}
