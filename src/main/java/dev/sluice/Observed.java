package dev.sluice;

import dev.sluice.config.Config;
import dev.sluice.config.MetricsConfig;
import dev.sluice.config.Secret;
import dev.sluice.config.TracesConfig;
import dev.sluice.telemetry.ChatMeters;
import dev.sluice.telemetry.ChatTraces;
import dev.sluice.telemetry.GenAiNames;
import dev.sluice.telemetry.Telemetry;
import java.util.Map;
import java.util.stream.Collectors;

/** What an operator is told, as the settings say. */
final class Observed {
  private Observed() {}

  static Telemetry by(Config config, String version) {
    Telemetry telemetry = new Telemetry(new ChatMeters(names(config)), traces(config, version));
    telemetry.gauge(
        "sluice.log.waiting", "Lines that wait to be written", LogSettings::waitingLines);
    return telemetry;
  }

  private static GenAiNames names(Config config) {
    return config.metrics().genAiNames() == MetricsConfig.GenAiNames.LATEST
        ? GenAiNames.LATEST
        : GenAiNames.V1_41;
  }

  private static ChatTraces traces(Config config, String version) {
    TracesConfig traces = config.traces();
    if (traces.endpoint() == null) {
      return ChatTraces.NONE;
    }
    Map<String, String> headers =
        traces.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> reveal(header.getValue())));
    return ChatTraces.to(
        traces.endpoint(), headers, traces.service(), version, traces.sample(), traces.upstream());
  }

  private static String reveal(Secret secret) {
    return secret.reveal();
  }
}
