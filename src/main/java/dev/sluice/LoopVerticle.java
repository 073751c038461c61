package dev.sluice;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Patience;
import dev.sluice.config.Config;
import dev.sluice.config.ProviderConfig;
import dev.sluice.http.HttpVerticle;
import dev.sluice.http.PageFiles;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.provider.ProviderFound;
import dev.sluice.provider.ProviderVerticle;
import dev.sluice.provider.demo.DemoVerticle;
import dev.sluice.telemetry.LoopDelay;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that serves on one event loop: an instance of each provider, and before them an HTTP server.
 * Both ends of every answer are thus on one thread, and no token ever changes it.
 *
 * <p>Providers come up first and HTTP last; down it goes the other way round, so that answers can
 * still end.
 */
final class LoopVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(LoopVerticle.class);

  /** How often the loop is looked at. */
  private static final long LOOK_MILLIS = 100;

  private final Telemetry telemetry;
  private final Config config;
  private final int loop;
  private final Patience patience;
  private final HttpVerticle http;
  private final Deque<Deployable> up = new ArrayDeque<>();
  private final Map<String, ProviderVerticle> providers = new HashMap<>();

  LoopVerticle(
      Config config,
      ConnectionGate gate,
      int loop,
      int loops,
      PageFiles page,
      String version,
      Telemetry telemetry) {
    this.telemetry = telemetry;
    this.config = config;
    this.loop = loop;
    this.patience =
        new Patience(
            config.http().holdStatus(), config.http().heartbeat(), config.http().slowClient());
    this.http = new HttpVerticle(config, gate, loop, loops, patience, page, version, telemetry);
  }

  /** The port that is listened on. */
  int port() {
    return http.port();
  }

  @Override
  public Future<?> start() {
    MessageConsumer<ProviderFound> found =
        vertx
            .eventBus()
            .<ProviderFound>localConsumer(Addresses.PROVIDER_FOUND)
            .handler(message -> add(message.body().provider()));
    MessageConsumer<Config> settings =
        vertx
            .eventBus()
            .<Config>localConsumer(Addresses.SETTINGS)
            .handler(message -> change(message.body()));
    watchTheLoop();
    Future<?> ready = Future.all(found.completion(), settings.completion());
    for (ProviderConfig provider : config.providers().values()) {
      ready = ready.compose(ignored -> add(provider));
    }
    if (config.demo().enabled()) {
      ready = ready.compose(ignored -> deploy(new DemoVerticle(config.demo(), loop, patience)));
    }
    return ready.compose(ignored -> deploy(http));
  }

  /** A timer that comes late tells that something holds the loop up. */
  private void watchTheLoop() {
    LoopDelay delay = telemetry.meters().delayOf(loop);
    long[] due = {System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)};
    vertx.setPeriodic(
        LOOK_MILLIS,
        timer -> {
          long now = System.nanoTime();
          delay.late(now - due[0], now);
          due[0] = now + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
        });
  }

  @Override
  public Future<?> stop() {
    Future<?> down = Future.succeededFuture();
    while (!up.isEmpty()) {
      Deployable last = up.pop();
      down = down.eventually(() -> undeploy(last));
    }
    return down;
  }

  private Future<?> add(ProviderConfig provider) {
    if (providers.containsKey(provider.name())) {
      return Future.succeededFuture();
    }
    ProviderVerticle verticle = new ProviderVerticle(provider, loop, patience, telemetry.meters());
    providers.put(provider.name(), verticle);
    return deploy(verticle)
        .onFailure(cause -> log.error("the provider {} does not start", provider.name(), cause));
  }

  /** A provider that is gone from the settings is asked no more, since the catalog lacks it. */
  private void change(Config latest) {
    for (ProviderConfig provider : latest.providers().values()) {
      ProviderVerticle running = providers.get(provider.name());
      if (running == null) {
        add(provider);
      } else if (!running.runsBy(provider)) {
        running.change(provider);
      }
    }
  }

  /** Deploys {@code verticle} on this verticle's own event loop, which deployVerticle would not. */
  private Future<?> deploy(Deployable verticle) {
    try {
      return verticle.deploy(context).onSuccess(deployed -> up.push(verticle));
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private Future<?> undeploy(Deployable verticle) {
    try {
      return verticle.undeploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
