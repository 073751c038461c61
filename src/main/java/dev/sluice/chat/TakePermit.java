package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * Asks the limiter whether a request may go on; answered by an {@link Admission}.
 *
 * @param client whom to count: opaque, short, and without anything that must not be stored
 * @param requestId under which the log tells of it and by which it is settled; at most 16 ASCII
 *     characters, and no two requests have the same
 * @param limits the name of a set of limits, or null for the usual one; an unknown name means the
 *     usual one too
 * @param estimate what it is likely to use up, which is held until it is settled
 */
public record TakePermit(String client, String requestId, @Nullable String limits, Cost estimate) {}
