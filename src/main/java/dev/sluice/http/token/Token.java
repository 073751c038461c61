package dev.sluice.http.token;

import dev.sluice.wire.Json;
import dev.sluice.wire.JsonException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Token in its parts, before its signature is verified (RFC 7519, section 7.2).
 *
 * @param header of the signature (RFC 7515, section 4)
 * @param claims the payload
 */
record Token(Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims) {
  private static final String MALFORMED =
      "The token is malformed: it must be a signed JSON Web Token (JWT).";

  /** Types of tokens that grant access; others, such as {@code logout+jwt}, are made for else. */
  private static final List<String> TYPES = List.of("jwt", "at+jwt");

  private static final List<String> TIMES = List.of("exp", "nbf", "iat");

  /**
   * Reads a token. Members that stand twice are refused, since two readers could take either.
   *
   * @throws RefusedTokenException if it is malformed, or asks for something that is not supported
   */
  static Token read(String text) throws RefusedTokenException {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new RefusedTokenException(MALFORMED);
    }
    Token token = new Token(json(parts[0]), json(parts[1]));
    token.checkHeader();
    for (String time : TIMES) {
      if (token.claims.containsKey(time) && !(token.claims.get(time) instanceof Number)) {
        throw new RefusedTokenException(
            "The token is malformed: " + time + " must be a number of seconds.");
      }
    }
    return token;
  }

  private static Map<String, @Nullable Object> json(String part) throws RefusedTokenException {
    try {
      return Json.readStrictly(Base64.getUrlDecoder().decode(part));
    } catch (JsonException | IllegalArgumentException e) {
      throw new RefusedTokenException(MALFORMED);
    }
  }

  /** RFC 7515, section 4.1.11; RFC 7797, section 7; RFC 8725, section 3.11. */
  private void checkHeader() throws RefusedTokenException {
    if (header.containsKey("crit")) {
      throw new RefusedTokenException(
          "The token's header demands extensions (crit), of which none is supported.");
    }
    if (header.containsKey("b64") && !Boolean.TRUE.equals(header.get("b64"))) {
      throw new RefusedTokenException("The token's payload must be in base64 (b64).");
    }
    if (header.containsKey("typ") && !isOfAKnownType(header.get("typ"))) {
      throw new RefusedTokenException("The token's type (typ) must be JWT or at+jwt.");
    }
    if (!(header.get("alg") instanceof String)) {
      throw new RefusedTokenException("The token's header names no algorithm (alg).");
    }
    if (header.containsKey("kid") && !(header.get("kid") instanceof String)) {
      throw new RefusedTokenException("The token's key id (kid) must be a text.");
    }
  }

  /** In a media type {@code application/} may be left out (RFC 7515, section 4.1.9). */
  private static boolean isOfAKnownType(@Nullable Object type) {
    return type instanceof String text
        && TYPES.contains(text.toLowerCase(Locale.ROOT).replaceFirst("^application/", ""));
  }

  /** The id of the key that signed it, or null. */
  @Nullable String keyId() {
    return (String) header.get("kid");
  }
}
