package dev.sluice.config;

/**
 * What is counted for an operator.
 *
 * @param enabled whether {@code /metrics} is there
 * @param genAiNames which edition of OpenTelemetry's conventions names what concerns models
 */
public record MetricsConfig(boolean enabled, GenAiNames genAiNames) {

  public static final MetricsConfig DEFAULT = new MetricsConfig(false, GenAiNames.V1_41);

  /** Editions of the conventions for generative AI, all of which are in development. */
  public enum GenAiNames {
    /** The last of the general conventions, v1.41.0: what back ends know. */
    V1_41,
    /** Those of the repository of their own that they moved to, not released yet. */
    LATEST
  }
}
