package dev.sluice.http.token;

import dev.sluice.config.TokensConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a token claims (RFC 7519, section 4.1) once its signature is verified: {@code iss},
 * {@code aud}, {@code exp}, {@code nbf}, {@code iat}, and that there is a {@code sub}.
 */
final class Claims {
  /** How far the clocks of issuer and gateway may be apart. */
  private static final int LEEWAY_SECONDS = 30;

  private final String issuer;
  private final String audience;

  Claims(TokensConfig config) {
    issuer = config.issuer();
    audience = config.audience();
  }

  /**
   * The subject of valid claims.
   *
   * @param claims of which the times are numbers
   * @param now in seconds since the epoch
   */
  String subject(Map<String, @Nullable Object> claims, long now) throws RefusedTokenException {
    require(issuer.equals(claims.get("iss")), "The token is of another issuer (iss).");
    require(isForHere(claims.get("aud")), "The token is for another audience (aud).");
    Double expiry = seconds(claims, "exp");
    require(expiry != null, "The token never expires: it must have exp.");
    require(expiry == null || now < expiry + LEEWAY_SECONDS, "The token has expired (exp).");
    require(isPast(seconds(claims, "nbf"), now), "The token is not valid yet (nbf).");
    require(isPast(seconds(claims, "iat"), now), "The token is issued in the future (iat).");
    if (claims.get("sub") instanceof String subject && !subject.isBlank()) {
      return subject;
    }
    throw new RefusedTokenException("The token names nobody: it must have a subject (sub).");
  }

  private boolean isForHere(@Nullable Object claimed) {
    return audience.equals(claimed)
        || (claimed instanceof List<?> several && several.contains(audience));
  }

  private static boolean isPast(@Nullable Double seconds, long now) {
    return seconds == null || seconds <= now + LEEWAY_SECONDS;
  }

  private static @Nullable Double seconds(Map<String, @Nullable Object> claims, String name) {
    return claims.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
  }

  private static void require(boolean holds, String reason) throws RefusedTokenException {
    if (!holds) {
      throw new RefusedTokenException(reason);
    }
  }
}
