package dev.sluice.http;

import dev.sluice.wire.Json;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * {@code GET /api/csrf-token}: {@code {csrf_token}}, which older pages ask for and send along.
 * Nothing looks at it: where no cookie says who asks, nobody's name can be used by another page.
 */
final class CsrfHandler {
  private static final int OK = 200;
  private static final int BYTES = 24;

  private final SecureRandom random = new SecureRandom();

  void handle(Exchange exchange) {
    byte[] token = new byte[BYTES];
    random.nextBytes(token);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    exchange.json(OK, Json.write(Map.of("csrf_token", text)));
  }
}
