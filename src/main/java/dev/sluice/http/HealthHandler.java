package dev.sluice.http;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.HealthQuestion;
import dev.sluice.chat.HealthReport;
import dev.sluice.wire.Json;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/health}: {@code {status, version, services: {<provider>: bool}, degraded?}}. */
final class HealthHandler {
  private static final int OK = 200;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final Vertx vertx;
  private final String version;
  private boolean draining;

  HealthHandler(Vertx vertx, String version) {
    this.vertx = vertx;
    this.version = version;
  }

  /** From now on whoever asks is told to go elsewhere. */
  void drain() {
    draining = true;
  }

  void handle(Exchange exchange) {
    Bus.<HealthReport>ask(vertx, Addresses.HEALTH, new HealthQuestion())
        .onComplete(report -> answer(exchange, report), exchange::fail);
  }

  private void answer(Exchange exchange, HealthReport report) {
    Map<String, Boolean> services = new LinkedHashMap<>();
    report.services().forEach((name, up) -> services.put(ModelDirectory.pageName(name), up));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", draining ? "draining" : report.healthy() ? "healthy" : "degraded");
    json.put("version", version);
    json.put("services", services);
    if (report.degraded() != null) {
      json.put("degraded", report.degraded());
    }
    exchange.json(draining ? SERVICE_UNAVAILABLE : OK, Json.write(json));
  }
}
