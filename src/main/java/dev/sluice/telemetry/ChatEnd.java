package dev.sluice.telemetry;

import dev.sluice.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * How a chat ended.
 *
 * @param asked the model that was asked for
 * @param model the model that answered, as far as it said so
 * @param how {@code done}, {@code cancelled} or the code of a failure
 * @param status that the client saw
 * @param finish why the model stopped; null if it did not
 * @param cost in millionths of a dollar
 * @param gatewayNanos until the question was on its way; 0 if it never was
 * @param firstNanos until the first content; 0 if there was none
 */
record ChatEnd(
    String provider,
    String asked,
    String model,
    String how,
    int status,
    @Nullable String finish,
    Usage usage,
    long cost,
    long gatewayNanos,
    long firstNanos,
    long allNanos) {}
