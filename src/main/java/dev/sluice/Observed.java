package dev.sluice;

import dev.sluice.config.Config;
import dev.sluice.config.MetricsConfig;
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
    ChatMeters meters = new ChatMeters(names(config));
    meters.gauge("sluice.log.waiting", "Lines that wait to be written", LogSettings::waitingLines);
    return new Telemetry(meters, traces(config, version));
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
            .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().reveal()));
    return ChatTraces.to(
        traces.endpoint(), headers, traces.service(), version, traces.sample(), traces.upstream());
  }
}
