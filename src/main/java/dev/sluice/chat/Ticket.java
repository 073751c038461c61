package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a permit cost: either to be given back or to be settled, once.
 *
 * @param limits the name of the set of limits that it was taken from, or null for the usual one
 * @param requestId whose it is
 * @param stamp when it was taken, by this process' clock, in milliseconds
 * @param sharedStamp the same by the clock of the store that the gateways share; null if the store
 *     does not know of it
 * @param held what is held for it until it is settled
 */
public record Ticket(
    String client,
    @Nullable String limits,
    String requestId,
    long stamp,
    @Nullable Long sharedStamp,
    Cost held) {}
