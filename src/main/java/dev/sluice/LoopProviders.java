package dev.sluice;

import dev.sluice.config.ProviderConfig;
import dev.sluice.provider.ProviderVerticle;
import dev.sluice.provider.Providers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider instances of one event loop. They follow the latest {@link Providers}: {@link
 * #reconcile} starts those that are missing, changes those whose settings differ, and stops those
 * that are no longer there. Each difference that remains, such as an instance that failed to start,
 * is met again with the next call.
 *
 * <p>Belongs to the event loop of its context.
 */
final class LoopProviders {
  private static final Logger log = LoggerFactory.getLogger(LoopProviders.class);

  private final Context context;
  private final Function<ProviderConfig, ProviderVerticle> factory;
  private final Duration grace;
  private final Map<String, ProviderVerticle> running = new HashMap<>();
  private final Map<String, Long> removed = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private List<ProviderConfig> wanted = List.of();

  /**
   * @param factory makes an instance that is not started; may throw
   * @param grace how long an instance is kept after its provider was removed, at least: a chat that
   *     was admitted for it may still be on its way
   */
  LoopProviders(
      Context context, Function<ProviderConfig, ProviderVerticle> factory, Duration grace) {
    this.context = context;
    this.factory = factory;
    this.grace = grace;
  }

  /** Follows {@code latest} from now on. Completes when its instances have started or failed to. */
  Future<?> follow(Providers latest) {
    wanted = latest.all();
    return reconcile();
  }

  /** Mends each difference between what is wanted and what runs; never fails. */
  Future<?> reconcile() {
    List<Future<?>> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ProviderConfig provider : wanted) {
      names.add(provider.name());
      removed.remove(provider.name());
      ProviderVerticle instance = running.get(provider.name());
      if (instance == null) {
        steps.add(start(provider));
      } else if (!instance.runsBy(provider)) {
        change(instance, provider);
      }
    }
    for (String name : List.copyOf(running.keySet())) {
      if (!names.contains(name)) {
        stopWhenIdle(name);
      }
    }
    return Future.join(steps).otherwiseEmpty();
  }

  /** Stops all instances, whatever is under way in them. */
  Future<?> stop() {
    wanted = List.of();
    List<Future<?>> stops = running.values().stream().<Future<?>>map(this::undeploy).toList();
    running.clear();
    return Future.join(stops).otherwiseEmpty();
  }

  private Future<?> start(ProviderConfig provider) {
    try {
      ProviderVerticle instance = factory.apply(provider);
      running.put(provider.name(), instance);
      return instance
          .deploy(context)
          .onSuccess(started -> works(provider.name()))
          .onFailure(
              cause -> {
                running.remove(provider.name(), instance);
                undeploy(instance);
                fails(provider.name(), cause);
              });
    } catch (Exception e) {
      running.remove(provider.name());
      fails(provider.name(), e);
      return Future.succeededFuture();
    }
  }

  private void change(ProviderVerticle instance, ProviderConfig latest) {
    try {
      instance.change(latest);
      works(latest.name());
    } catch (RuntimeException e) {
      fails(latest.name(), e);
    }
  }

  /** Answers under way end first. Each of them has a deadline, so this wait has one too. */
  private void stopWhenIdle(String name) {
    long now = System.nanoTime();
    long since = removed.computeIfAbsent(name, first -> now);
    ProviderVerticle instance = running.get(name);
    if (instance != null && now - since > grace.toNanos() && instance.isIdle()) {
      running.remove(name);
      removed.remove(name);
      undeploy(instance);
    }
  }

  private Future<?> undeploy(ProviderVerticle instance) {
    try {
      return instance.undeploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private void works(String name) {
    if (failing.remove(name)) {
      log.info("The provider {} has started", name);
    }
  }

  /** Logs the first failure of several in a row; {@link #reconcile} tries again. */
  private void fails(String name, Throwable cause) {
    if (failing.add(name)) {
      log.error("The provider {} does not start; trying again each second", name, cause);
    }
  }
}
