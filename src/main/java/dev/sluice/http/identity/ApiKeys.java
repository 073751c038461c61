package dev.sluice.http.identity;

import dev.sluice.chat.Fault;
import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.KeysConfig;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one door for keys, by whichever header they come: {@code Authorization: Bearer} (RFC 6750,
 * section 2.1) or {@code x-api-key}; where there is neither, by the cookie that a browser keeps it
 * in.
 *
 * <p>While no client is configured, every key is ignored: many clients cannot be used without
 * sending one. As soon as there is one, a key that is not known is refused even where none is
 * required, so that a typing error shows.
 */
public final class ApiKeys {
  private static final Pattern BEARER =
      Pattern.compile("bearer(?:[ \\t]+(.*))?", Pattern.CASE_INSENSITIVE);

  /** Three parts in base64url (RFC 7515, section 7.1), none of them empty. */
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]{1,4096}\\.[A-Za-z0-9_-]{1,8192}\\.[A-Za-z0-9_-]{1,2048}");

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,512}");

  private final boolean required;
  private final List<Known> known = new ArrayList<>();

  private record Known(byte[] hash, ApiKeyConfig key) {}

  public ApiKeys(KeysConfig config) {
    required = config.required();
    for (ApiKeyConfig key : config.clients()) {
      known.add(new Known(HexFormat.of().parseHex(key.hash()), key));
    }
  }

  /**
   * The key that the caller has, or nothing if it may do without. Another scheme than Bearer is not
   * a key: a proxy in front may have asked for it.
   *
   * @throws RefusedCallerException with {@link Fault#INVALID_API_KEY} if the key is not known, if
   *     two different ones are given, or if none is given where one is required
   */
  public Optional<ApiKeyConfig> find(HeaderLines headers) throws RefusedCallerException {
    if (known.isEmpty() && !required) {
      return Optional.empty();
    }
    Set<String> given = given(headers);
    if (given.isEmpty() && !required) {
      return Optional.empty();
    }
    if (given.isEmpty()) {
      throw refused("An API key is required: send it as Authorization: Bearer or as x-api-key.");
    }
    if (given.size() > 1) {
      throw refused("There are two different API keys in the request; send one.");
    }
    Optional<ApiKeyConfig> key = known(given.iterator().next());
    if (key.isEmpty()) {
      throw refused("The API key is not known here.");
    }
    return key;
  }

  /** The bearer's token, if that is all there is and if it looks like one. */
  static Optional<String> token(HeaderLines headers) {
    Set<String> given = given(headers);
    return given.size() == 1
        ? given.stream().filter(key -> TOKEN.matcher(key).matches()).findFirst()
        : Optional.empty();
  }

  private static Set<String> given(HeaderLines headers) {
    Set<String> keys = new LinkedHashSet<>();
    for (String line : headers.all("authorization")) {
      Matcher bearer = BEARER.matcher(line.strip());
      if (bearer.matches()) {
        keys.add(bearer.group(1) == null ? "" : bearer.group(1));
      }
    }
    headers.all("x-api-key").forEach(line -> keys.add(line.strip()));
    if (keys.isEmpty()) {
      KeyCookie.read(headers).ifPresent(keys::add);
    }
    return keys;
  }

  /** Compares with all, to the end, so that the time taken tells nothing of any hash. */
  private Optional<ApiKeyConfig> known(String key) {
    if (!KEY.matcher(key).matches()) {
      return Optional.empty();
    }
    byte[] hash = KeyHash.of(key);
    Optional<ApiKeyConfig> found = Optional.empty();
    for (Known candidate : known) {
      if (MessageDigest.isEqual(candidate.hash(), hash)) {
        found = Optional.of(candidate.key());
      }
    }
    return found;
  }

  private static RefusedCallerException refused(String message) {
    return new RefusedCallerException(Fault.INVALID_API_KEY, message);
  }
}
