package dev.sluice.http;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.HealthQuestion;
import dev.sluice.chat.HealthReport;
import dev.sluice.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code GET /api/health}: {@code {status, version, services: {<provider>: bool}, degraded?}}. A
 * stranger is told the status alone where a key is required.
 */
final class HealthHandler {
  private static final int OK = 200;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final Vertx vertx;
  private final String version;
  private final Function<Exchange, Future<?>> admission;
  private volatile boolean draining;

  /**
   * @param admission succeeds for callers that may see all
   */
  HealthHandler(Vertx vertx, String version, Function<Exchange, Future<?>> admission) {
    this.vertx = vertx;
    this.version = version;
    this.admission = admission;
  }

  /** From now on whoever asks is told to go elsewhere. */
  void drain() {
    draining = true;
  }

  void handle(Exchange exchange) {
    Future<HealthReport> asked = Bus.ask(vertx, Addresses.HEALTH, new HealthQuestion());
    asked
        .compose(
            report ->
                admission
                    .apply(exchange)
                    .map(admitted -> detail(report))
                    .otherwise(stranger -> Map.<String, Object>of("status", status(report))))
        .onComplete(
            json -> exchange.json(draining ? SERVICE_UNAVAILABLE : OK, Json.write(json)),
            exchange::fail);
  }

  /**
   * {@code GET /health/live}: the process can answer at all; nothing else would mend by a restart.
   */
  void live(Exchange exchange) {
    exchange.json(OK, Json.write(Map.of("status", "up")));
  }

  /**
   * {@code GET /health/ready}: 200 while chats may be sent here, 503 while the gateway drains or
   * nobody could answer them. A Redis that is away does not count: no chat fails for it.
   */
  void ready(Exchange exchange) {
    Bus.<HealthReport>ask(vertx, Addresses.HEALTH, new HealthQuestion())
        .onComplete(report -> ready(exchange, report), exchange::fail);
  }

  private void ready(Exchange exchange, HealthReport report) {
    boolean ready = !draining && report.services().containsValue(true);
    String status = draining ? "draining" : ready ? "ready" : "no provider can be asked";
    exchange.json(ready ? OK : SERVICE_UNAVAILABLE, Json.write(Map.of("status", status)));
  }

  private String status(HealthReport report) {
    return draining ? "draining" : report.healthy() ? "healthy" : "degraded";
  }

  private Map<String, Object> detail(HealthReport report) {
    Map<String, Boolean> services = new LinkedHashMap<>();
    report.services().forEach((name, up) -> services.put(ModelDirectory.pageName(name), up));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", status(report));
    json.put("version", version);
    json.put("services", services);
    if (report.degraded() != null) {
      json.put("degraded", report.degraded());
    }
    return json;
  }
}
