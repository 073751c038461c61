package dev.sluice.chat;

/**
 * How a client stands with one limit.
 *
 * @param remaining how much of it is left at this moment, as far as this limit goes
 * @param resetMillis in how many milliseconds there is more; 0 if nothing is used, or if nobody
 *     knows
 */
public record LimitState(Limit limit, long remaining, long resetMillis) {}
