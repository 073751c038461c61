package dev.sluice.config;

/** How a key is sent to an upstream. */
public enum Auth {
  /** {@code Authorization: Bearer KEY} (RFC 6750). */
  BEARER,
  /** {@code x-api-key: KEY} (Anthropic). */
  X_API_KEY,
  /** {@code api-key: KEY} (Azure). */
  API_KEY,
  /** Not at all. */
  NONE
}
