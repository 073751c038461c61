package dev.sluice.wire.page;

import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page asks.
 *
 * @param message trimmed and not empty
 * @param provider the provider's name, or null for the gateway's choice
 * @param model the model's id, or null for the provider's choice
 * @param history the turns before {@code message}, oldest first
 * @param attachments images and the texts of files that go along with {@code message}
 * @param temperature from 0 to 2, or null for the gateway's choice
 * @param maxTokens the longest answer, at least 1; or null for the gateway's choice
 */
public record PageRequest(
    String message,
    @Nullable String provider,
    @Nullable String model,
    List<Message> history,
    List<Part> attachments,
    @Nullable Double temperature,
    @Nullable Integer maxTokens) {}
