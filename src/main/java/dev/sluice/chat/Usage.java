package dev.sluice.chat;

/**
 * What an answer cost in tokens.
 *
 * @param input tokens of the prompt, those from a cache included
 * @param output tokens of the answer, its reasoning included
 * @param cacheRead the part of {@code input} that came from a prompt cache
 * @param cacheWrite the part of {@code input} that was put into a prompt cache
 * @param reasoning the part of {@code output} that was thought and not said
 * @param estimated whether the gateway counted because the upstream did not tell
 */
public record Usage(
    long input, long output, long cacheRead, long cacheWrite, long reasoning, boolean estimated) {

  public static Usage of(long input, long output) {
    return new Usage(input, output, 0, 0, 0, false);
  }

  public long total() {
    return input + output;
  }
}
