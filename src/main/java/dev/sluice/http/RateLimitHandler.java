package dev.sluice.http;

import dev.sluice.config.LimitsConfig;
import dev.sluice.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/rate-limit}: {@code {limits: {per_minute, per_hour, per_day}}}. */
final class RateLimitHandler {
  private static final int OK = 200;

  private final byte[] json;

  RateLimitHandler(LimitsConfig limits) {
    Map<String, Object> windows = new LinkedHashMap<>();
    windows.put("per_minute", limits.perMinute());
    windows.put("per_hour", limits.perHour());
    windows.put("per_day", limits.perDay());
    json = Json.write(Map.of("limits", windows));
  }

  void handle(Exchange exchange) {
    exchange.json(OK, json);
  }
}
