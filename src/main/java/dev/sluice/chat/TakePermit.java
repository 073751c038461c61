package dev.sluice.chat;

import org.jspecify.annotations.Nullable;

/**
 * Asks the limiter whether a request may go on; answered by an {@link Admission}.
 *
 * @param client whom to count: opaque, short, and without anything that must not be stored
 * @param requestId under which the log tells of it
 * @param limits the name of a set of limits, or null for the usual one; an unknown name means the
 *     usual one too
 */
public record TakePermit(String client, String requestId, @Nullable String limits) {}
