package dev.sluice.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the gateway is.
 *
 * @param healthy whether at least one provider can be asked
 * @param services whether each provider can be asked, by its name, in order
 */
public record HealthReport(boolean healthy, Map<String, Boolean> services) {
  public HealthReport {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
  }
}
