package dev.sluice.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code keys.tokens}. */
final class TokensReader {
  private static final Map<String, String> PUBLIC =
      words("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
  private static final Map<String, String> SECRET = words("HS256", "HS384", "HS512");

  private TokensReader() {}

  /** Null if nothing is written. */
  static @Nullable TokensConfig read(Section in) {
    Setting issuer = in.key("issuer");
    Setting audience = in.key("audience");
    Setting keysUrl = in.key("keys_url");
    Setting publicKey = in.key("public_key");
    Setting secret = in.key("secret");
    Setting algorithm = in.key("algorithm");
    List<Setting> keys = List.of(keysUrl, publicKey, secret);
    if (Stream.concat(keys.stream(), Stream.of(issuer, audience, algorithm))
        .noneMatch(Setting::isWritten)) {
      return null;
    }
    if (keys.stream().filter(Setting::isWritten).count() != 1) {
      in.refuse("needs one of keys_url, public_key and secret");
    }
    if (keysUrl.isWritten() && algorithm.isWritten()) {
      algorithm.refuse("is said by the key set itself");
    }
    Map<String, String> known = secret.isWritten() ? SECRET : PUBLIC;
    return new TokensConfig(
        issuer.required().text().orElse(""),
        audience.required().text().orElse(""),
        algorithm.choice(known).orElse(secret.isWritten() ? "HS256" : "RS256"),
        keysUrl.url().orElse(null),
        publicKey.file().orElse(null),
        secret(secret).orElse(null));
  }

  /** RFC 7518, section 3.2: at least as long as the hash. */
  private static Optional<Secret> secret(Setting written) {
    Optional<Secret> secret = written.header();
    if (secret.isPresent() && secret.get().reveal().length() < 32) {
      written.refuse("must have at least 32 characters");
    }
    return secret;
  }

  private static Map<String, String> words(String... words) {
    Map<String, String> map = new TreeMap<>();
    Stream.of(words).forEach(word -> map.put(word, word));
    return map;
  }
}
