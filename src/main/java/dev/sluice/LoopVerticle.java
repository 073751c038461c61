package dev.sluice;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.Patience;
import dev.sluice.bus.ProvidersQuestion;
import dev.sluice.config.Config;
import dev.sluice.config.ProviderConfig;
import dev.sluice.http.HttpVerticle;
import dev.sluice.http.PageFiles;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.provider.ProviderVerticle;
import dev.sluice.provider.Providers;
import dev.sluice.provider.demo.DemoVerticle;
import dev.sluice.telemetry.LoopDelay;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Everything that serves on one event loop: an instance of each provider, and an HTTP server. Both
 * ends of each answer are thus on one thread.
 *
 * <p>Start and stop follow roles and not the order of deployment: the HTTP server starts after the
 * first providers and stops before all of them, also those that came while the gateway ran, so that
 * answers under way can end.
 */
final class LoopVerticle extends VerticleBase {

  /** How often the loop's delay is measured. */
  private static final long DELAY_MILLIS = 100;

  private static final long RECONCILE_MILLIS = 1_000;

  /** A chat that was admitted for a provider reaches it within this time. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Telemetry telemetry;
  private final int loop;
  private final Patience patience;
  private final HttpVerticle http;
  private final @Nullable DemoVerticle demo;
  private @Nullable LoopProviders providers;

  LoopVerticle(
      Config config,
      ConnectionGate gate,
      int loop,
      int loops,
      PageFiles page,
      String version,
      Telemetry telemetry) {
    this.telemetry = telemetry;
    this.loop = loop;
    this.patience =
        new Patience(
            config.http().holdStatus(), config.http().heartbeat(), config.http().slowClient());
    this.http = new HttpVerticle(config, gate, loop, loops, patience, page, version, telemetry);
    this.demo = config.demo().enabled() ? new DemoVerticle(config.demo(), loop, patience) : null;
  }

  /** The port that is listened on. */
  int port() {
    return http.port();
  }

  @Override
  public Future<?> start() {
    LoopProviders instances = new LoopProviders(context, this::provider, GRACE);
    providers = instances;
    measureDelay();
    vertx.setPeriodic(RECONCILE_MILLIS, timer -> instances.reconcile());
    MessageConsumer<Providers> changes =
        vertx
            .eventBus()
            .<Providers>localConsumer(Addresses.PROVIDERS)
            .handler(message -> instances.follow(message.body()));
    return changes
        .completion()
        .compose(
            ready -> Bus.<Providers>ask(vertx, Addresses.PROVIDERS_NOW, new ProvidersQuestion()))
        .compose(instances::follow)
        .compose(started -> deploy(demo))
        .compose(started -> deploy(http));
  }

  private ProviderVerticle provider(ProviderConfig provider) {
    return new ProviderVerticle(provider, loop, patience, telemetry.meters());
  }

  /** A timer that fires late shows how long the loop was blocked. */
  private void measureDelay() {
    LoopDelay delay = telemetry.meters().delayOf(loop);
    long[] due = {System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS)};
    vertx.setPeriodic(
        DELAY_MILLIS,
        timer -> {
          long now = System.nanoTime();
          delay.late(now - due[0], now);
          due[0] = now + TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS);
        });
  }

  /** Drains the HTTP server; see {@link HttpVerticle#drain}. May be called from any thread. */
  Future<Void> drain() {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(now -> http.drain().onComplete(drained));
    return drained.future();
  }

  @Override
  public Future<?> stop() {
    LoopProviders instances = providers;
    return undeploy(http)
        .eventually(() -> undeploy(demo))
        .eventually(() -> instances == null ? Future.succeededFuture() : instances.stop());
  }

  /** Deploys {@code verticle} on this verticle's own event loop, which deployVerticle would not. */
  private Future<?> deploy(@Nullable Deployable verticle) {
    try {
      return verticle == null ? Future.succeededFuture() : verticle.deploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private Future<?> undeploy(@Nullable Deployable verticle) {
    try {
      return verticle == null ? Future.succeededFuture() : verticle.undeploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
