package dev.sluice.http.identity;

import dev.sluice.config.ApiKeyConfig;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param id whom the limiter counts
 * @param key the caller's key, with its models and its limits; empty for a caller without one
 */
public record Caller(ClientId id, Optional<ApiKeyConfig> key) {}
