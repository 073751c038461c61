package dev.sluice.http.identity;

import java.time.Instant;

/**
 * A browser that was seen before.
 *
 * @param id 128 random bits in base64url
 * @param issued when it was first seen, in whole seconds
 */
public record Session(String id, Instant issued) {}
