package dev.sluice.wire.page;

import dev.sluice.chat.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page asks.
 *
 * @param message trimmed and not empty
 * @param provider the provider's name, or null for the gateway's choice
 * @param model the model's id, or null for the provider's choice
 * @param history the turns before {@code message}, oldest first
 */
public record PageRequest(
    String message, @Nullable String provider, @Nullable String model, List<Message> history) {}
