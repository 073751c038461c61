package dev.sluice.http.identity;

import dev.sluice.config.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key for somebody, and what to write into the settings for it.
 *
 * @param key {@code sl_} and 256 random bits in base64url, to be shown once
 * @param hash its SHA-256 in hexadecimal
 */
public record NewApiKey(Secret key, String hash) {
  private static final int BYTES = 32;

  public static NewApiKey generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String key = "sl_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new NewApiKey(new Secret(key), HexFormat.of().formatHex(KeyHash.of(key)));
  }
}
