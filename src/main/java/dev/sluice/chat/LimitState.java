package dev.sluice.chat;

/**
 * How a client stands with one limit.
 *
 * @param remaining how many requests it could start at this moment, as far as this limit goes
 * @param resetMillis in how many milliseconds there is one more; 0 if nothing is used
 */
public record LimitState(Limit limit, int remaining, long resetMillis) {}
