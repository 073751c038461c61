package dev.sluice.http.identity;

import dev.sluice.config.ApiKeyConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param id whom the limiter counts
 * @param key the caller's key, with its models and its limits; empty for a caller without one
 */
public record Caller(ClientId id, Optional<ApiKeyConfig> key) {

  /** The name of the caller's own set of limits, or null for the usual one. */
  public @Nullable String limits() {
    return key.map(ApiKeyConfig::limitSet).orElse(null);
  }
}
