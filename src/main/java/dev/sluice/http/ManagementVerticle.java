package dev.sluice.http;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.HealthQuestion;
import dev.sluice.chat.HealthReport;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigText;
import dev.sluice.config.ManagementConfig;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.http.connection.Connections;
import dev.sluice.telemetry.ClientFaults;
import dev.sluice.telemetry.ReloadStatus;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The port for operators: {@code /health} in detail, {@code /health/live}, {@code /health/ready},
 * and {@code /metrics} if they are counted.
 */
public final class ManagementVerticle extends VerticleBase {
  private static final int OK = 200;
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int HASH_DIGITS = 12;

  private final ManagementConfig place;
  private final Telemetry telemetry;
  private final String version;
  private final ConnectionGate gate;
  private Config config;
  private @Nullable HttpServer server;
  private @Nullable Connections connections;
  private @Nullable HealthHandler health;
  private volatile boolean draining;

  public ManagementVerticle(
      Config config, ConnectionGate gate, String version, Telemetry telemetry) {
    this.gate = gate;
    this.config = config;
    this.place = config.management();
    this.version = version;
    this.telemetry = telemetry;
  }

  /** The port that is listened on. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  @Override
  public Future<?> start() {
    health = new HealthHandler(vertx, version, operator -> Future.succeededFuture());
    ClientFaults faults = telemetry.meters().faults();
    Connections connections = new Connections(vertx, IDLE, gate, faults);
    this.connections = connections;
    ClientSide clients = new ClientSide(config.http());
    OwnNames names = new OwnNames(Hosts.listeningOn(place.host()), clients, faults);
    CrossOrigin origins = new CrossOrigin(List.of(), clients, faults);
    Routes routes =
        new Routes(connections, faults)
            .demand(List.of(names::admit, origins::admit))
            .on(HttpMethod.GET, "/health", this::detail)
            .on(HttpMethod.GET, "/health/live", health::live)
            .on(HttpMethod.GET, "/health/ready", health::ready);
    if (config.metrics().enabled()) {
      routes.on(HttpMethod.GET, "/metrics", new MetricsHandler(telemetry.meters())::handle);
    }
    MessageConsumer<Config> settings =
        vertx
            .eventBus()
            .<Config>localConsumer(Addresses.SETTINGS)
            .handler(message -> config = message.body());
    Future<HttpServer> listening =
        GuardedServer.of(vertx, GuardedServer.options(), routes, connections, faults)
            .listen(place.port() == null ? 0 : place.port(), place.host())
            .onSuccess(
                ready -> {
                  server = ready;
                  gate.reserve(ready.actualPort());
                });
    return Future.all(settings.completion(), listening);
  }

  /** From now on whoever asks is told to send chats elsewhere. */
  public void drain() {
    draining = true;
    if (health != null) {
      health.drain();
    }
  }

  @Override
  public Future<?> stop() {
    if (connections != null) {
      connections.close();
    }
    return Future.succeededFuture();
  }

  private void detail(Exchange exchange) {
    Bus.<HealthReport>ask(vertx, Addresses.HEALTH, new HealthQuestion())
        .onComplete(report -> exchange.json(OK, Json.write(detail(report))), exchange::fail);
  }

  private Map<String, Object> detail(HealthReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", draining ? "draining" : report.healthy() ? "healthy" : "degraded");
    json.put("version", version);
    json.put("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000);
    if (report.degraded() != null) {
      json.put("degraded", report.degraded());
    }
    json.put("config", hash(config));
    Map<String, Object> reloads = new LinkedHashMap<>();
    telemetry.meters().reloads().forEach((what, reload) -> reloads.put(what, detail(reload)));
    json.put("reloads", reloads);
    Map<String, Object> loops = new LinkedHashMap<>();
    telemetry.meters().delays().forEach((loop, late) -> loops.put(Integer.toString(loop), late));
    json.put("event_loop_delay_seconds", loops);
    Map<String, Object> providers = new LinkedHashMap<>();
    report.providers().forEach((name, provider) -> providers.put(name, detail(provider)));
    json.put("providers", providers);
    return json;
  }

  private static Map<String, Object> detail(ReloadStatus reload) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("last_success", reload.lastSuccess().toString());
    if (reload.problem() != null) {
      json.put("problem", reload.problem());
    }
    return json;
  }

  private static Map<String, Object> detail(HealthReport.Provider provider) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", provider.state());
    json.put("failures_in_a_row", provider.sign().failures());
    if (provider.sign().lastDone() > 0) {
      json.put("last_done", Instant.ofEpochMilli(provider.sign().lastDone()).toString());
    }
    if (provider.sign().lastFailure() != null) {
      json.put("last_failed", Instant.ofEpochMilli(provider.sign().lastFailed()).toString());
      json.put("last_failure", provider.sign().lastFailure());
    }
    return json;
  }

  /** Tells whether two gateways run by the same settings, which have secrets among them. */
  private static String hash(Config config) {
    byte[] text = ConfigText.of(config).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(text)).substring(0, HASH_DIGITS);
  }
}
