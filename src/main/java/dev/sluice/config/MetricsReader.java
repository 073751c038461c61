package dev.sluice.config;

import dev.sluice.config.MetricsConfig.GenAiNames;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code metrics}. */
final class MetricsReader {
  /** The variable's own word for the latest names, and the two of the file. */
  private static final Map<String, GenAiNames> NAMES =
      new TreeMap<>(
          Map.of(
              "v1.41",
              GenAiNames.V1_41,
              "latest",
              GenAiNames.LATEST,
              "gen_ai_latest_experimental",
              GenAiNames.LATEST));

  private MetricsReader() {}

  static MetricsConfig read(Section in) {
    MetricsConfig usual = MetricsConfig.DEFAULT;
    return new MetricsConfig(
        in.key("enabled").flag().orElse(usual.enabled()),
        in.key("gen_ai_names")
            .or("OTEL_SEMCONV_STABILITY_OPT_IN")
            .choice(NAMES)
            .orElse(usual.genAiNames()));
  }
}
