package dev.sluice.wire.page;

/**
 * The bounds of a {@link PageRequest}.
 *
 * @param messageChars the longest message, in characters after trimming
 * @param historyMessages the longest history
 * @param historyMessageChars the longest message in it
 */
public record PageLimits(int messageChars, int historyMessages, int historyMessageChars) {}
