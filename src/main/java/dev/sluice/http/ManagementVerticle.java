package dev.sluice.http;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.HealthQuestion;
import dev.sluice.chat.HealthReport;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigText;
import dev.sluice.config.ManagementConfig;
import dev.sluice.telemetry.ReloadStatus;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port for operators: {@code /health} in detail, {@code /health/live}, {@code /health/ready},
 * and {@code /metrics} if they are counted.
 */
public final class ManagementVerticle extends VerticleBase {
  private static final int OK = 200;
  private static final int IDLE_SECONDS = 60;
  private static final int HASH_DIGITS = 12;

  private final ManagementConfig place;
  private final Telemetry telemetry;
  private final String version;
  private final RequestIds ids = new RequestIds();
  private Config config;
  private @Nullable HttpServer server;
  private @Nullable HealthHandler health;
  private volatile boolean draining;

  public ManagementVerticle(Config config, String version, Telemetry telemetry) {
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
    health = new HealthHandler(vertx, version);
    Router router = Router.router(vertx);
    on(router, "/health", this::detail);
    on(router, "/health/live", health::live);
    on(router, "/health/ready", health::ready);
    if (config.metrics().enabled()) {
      on(router, "/metrics", new MetricsHandler(telemetry.meters())::handle);
    }
    MessageConsumer<Config> settings =
        vertx
            .eventBus()
            .<Config>localConsumer(Addresses.SETTINGS)
            .handler(message -> config = message.body());
    Future<HttpServer> listening =
        vertx
            .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
            .requestHandler(router)
            .listen(place.port() == null ? 0 : place.port(), place.host())
            .onSuccess(ready -> server = ready);
    return Future.all(settings.completion(), listening);
  }

  /** From now on whoever asks is told to send chats elsewhere. */
  public void drain() {
    draining = true;
    if (health != null) {
      health.drain();
    }
  }

  private void on(Router router, String path, Consumer<Exchange> handler) {
    router
        .route(HttpMethod.GET, path)
        .handler(context -> handler.accept(new Exchange(context.request(), ids.next(), () -> {})));
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
