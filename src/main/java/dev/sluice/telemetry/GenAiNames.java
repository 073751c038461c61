package dev.sluice.telemetry;

/**
 * What OpenTelemetry's conventions for generative AI call things. All of them are in development:
 * the general conventions froze them at v1.41, and their own repository has since renamed the
 * metrics without a release.
 */
public enum GenAiNames {
  V1_41(
      "gen_ai.client.operation.duration",
      "gen_ai.client.operation.time_to_first_chunk",
      "gen_ai.client.token.usage"),
  LATEST(
      "gen_ai.client.inference.duration",
      "gen_ai.client.inference.time_to_first_chunk",
      "gen_ai.client.inference.operation.%s_tokens");

  private final String duration;
  private final String firstChunk;
  private final String tokens;

  GenAiNames(String duration, String firstChunk, String tokens) {
    this.duration = duration;
    this.firstChunk = firstChunk;
    this.tokens = tokens;
  }

  String duration() {
    return duration;
  }

  String firstChunk() {
    return firstChunk;
  }

  /**
   * The histogram of a chat's tokens.
   *
   * @param type {@code input} or {@code output}; v1.41 has it as a label
   */
  String tokens(String type) {
    return tokens.formatted(type);
  }

  /** The counter of all tokens, which v1.41 has not. */
  String usage(String type) {
    return "gen_ai.client.inference.usage." + type + "_tokens";
  }
}
