package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * Asks the limiter how a client stands, which spends nothing; answered by a {@link Standing}.
 *
 * @param limits as in {@link TakePermit}
 */
public record PeekPermits(String client, @Nullable String limits) {}
