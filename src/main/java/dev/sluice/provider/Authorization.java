package dev.sluice.provider;

import dev.sluice.config.ProviderConfig;
import dev.sluice.config.Secret;
import java.util.HashMap;
import java.util.Map;

/** The headers that prove to an upstream who asks, and those that the operator adds. */
final class Authorization {
  private Authorization() {}

  /** By lower-case name; the values are secrets. */
  static Map<String, String> headers(ProviderConfig config) {
    Map<String, String> headers = new HashMap<>();
    Secret key = config.apiKey();
    if (key != null) {
      switch (config.auth()) {
        case BEARER -> headers.put("authorization", "Bearer " + key.reveal());
        case X_API_KEY -> headers.put("x-api-key", key.reveal());
        case API_KEY -> headers.put("api-key", key.reveal());
        case NONE -> {}
      }
    }
    config.headers().forEach((name, value) -> headers.put(name, value.reveal()));
    return headers;
  }
}
