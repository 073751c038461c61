package dev.sluice.http.identity;

import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.KeysConfig;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of the settings.
 *
 * <p>While no client is configured, every key is ignored: many clients cannot be used without
 * sending one. As soon as there is one, a key that is not known is refused even where none is
 * required, so that a typing error shows.
 */
public final class ApiKeys {
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

  /** Whether a caller without a key is refused. */
  public boolean areRequired() {
    return required;
  }

  /** Whether a key makes a difference. */
  public boolean areInUse() {
    return required || !known.isEmpty();
  }

  /**
   * The client whose key it is. Compares with all, to the end, so that the time taken tells nothing
   * of any hash.
   */
  public Optional<ApiKeyConfig> find(String key) {
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
}
