package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * What a chat may hold, and what is assumed where it does not say. Null means "left to the
 * provider".
 *
 * @param messageChars the longest message, trimmed, in characters
 * @param historyMessages the most messages that may go before it
 * @param historyMessageChars the longest of those, in characters
 * @param defaultProvider the name of the provider that answers if none is asked for
 * @param defaultModel the model that this provider is asked for if none is named
 * @param maxTokens the most tokens of an answer
 * @param temperature 0 to 2
 * @param systemPrompt what a chat starts with that has no system message of its own
 */
public record ChatConfig(
    int messageChars,
    int historyMessages,
    int historyMessageChars,
    @Nullable String defaultProvider,
    @Nullable String defaultModel,
    @Nullable Integer maxTokens,
    @Nullable Double temperature,
    @Nullable String systemPrompt) {

  public static final ChatConfig DEFAULT =
      new ChatConfig(5_000, 50, 50_000, null, null, null, null, null);
}
