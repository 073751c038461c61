package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * How the limiter is.
 *
 * @param ready whether it answers at all
 * @param degraded why it counts less exactly than it should, in words for anybody; null if it does
 *     not
 */
public record LimiterHealth(boolean ready, @Nullable String degraded) {}
