package dev.sluice.http;

import java.security.SecureRandom;
import java.util.Base64;

/** Names for requests and their streams: 96 bits that nobody can guess, 16 characters. */
final class RequestIds {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();

  String next() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }
}
