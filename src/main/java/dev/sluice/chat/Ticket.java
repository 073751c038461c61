package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a permit cost, to be given back at most once.
 *
 * @param limits the name of the set of limits that it was taken from, or null for the usual one
 * @param stamp when it was taken, by this process' clock, in milliseconds
 * @param sharedStamp the same by the clock of the store that the gateways share; null if the store
 *     does not know of it
 */
public record Ticket(
    String client, @Nullable String limits, long stamp, @Nullable Long sharedStamp) {}
