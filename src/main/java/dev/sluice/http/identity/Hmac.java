package dev.sluice.http.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), for one purpose: what it signs means nothing to any other purpose. */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param secret not empty
   * @param purpose what keeps apart two uses of the same secret
   */
  Hmac(byte[] secret, String purpose) {
    this.key =
        new SecretKeySpec(signature(new SecretKeySpec(secret, ALGORITHM), purpose), ALGORITHM);
  }

  /**
   * The first bytes of a text's signature, in base64url without padding.
   *
   * @param bytes from 1 to 32
   */
  String sign(String text, int bytes) {
    byte[] signature = Arrays.copyOf(signature(key, text), bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static byte[] signature(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
    }
  }
}
