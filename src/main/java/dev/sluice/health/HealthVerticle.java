package dev.sluice.health;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.CatalogQuestion;
import dev.sluice.bus.LimiterQuestion;
import dev.sluice.chat.Catalog;
import dev.sluice.chat.Fault;
import dev.sluice.chat.HealthReport;
import dev.sluice.chat.LimiterHealth;
import dev.sluice.telemetry.ChatMeters;
import dev.sluice.telemetry.ProviderSigns;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the others. What it knows of providers comes from the catalog, which is learned without a
 * paid call, and from the chats that people have; so asking costs nothing.
 */
public final class HealthVerticle extends VerticleBase {
  private final Map<String, Catalog.State> providers = new LinkedHashMap<>();
  private final ProviderSigns signs;
  private final ChatMeters meters;
  private final Supplier<Optional<String>> connections;

  /**
   * @param telemetry knows how the latest chats of each provider ended, and how reloads did
   * @param connections a sentence while clients meet the limit of connections
   */
  public HealthVerticle(Telemetry telemetry, Supplier<Optional<String>> connections) {
    this.connections = connections;
    this.signs = telemetry.signs();
    this.meters = telemetry.meters();
  }

  @Override
  public Future<?> start() {
    HealthChecks checks = HealthChecks.create(vertx);
    MessageConsumer<Catalog> news =
        vertx
            .eventBus()
            .<Catalog>localConsumer(Addresses.CATALOG)
            .handler(message -> learn(checks, message.body()));
    MessageConsumer<Object> questions =
        vertx
            .eventBus()
            .localConsumer(Addresses.HEALTH)
            .handler(
                question ->
                    report(checks)
                        .onComplete(
                            question::reply, cause -> question.fail(500, "the checks failed")));
    return Future.all(news.completion(), questions.completion())
        .compose(ready -> Bus.<Catalog>ask(vertx, Addresses.CATALOG_NOW, new CatalogQuestion()))
        .onSuccess(catalog -> learn(checks, catalog));
  }

  private void learn(HealthChecks checks, Catalog catalog) {
    Set<String> gone = new HashSet<>(providers.keySet());
    for (Catalog.Provider provider : catalog.providers()) {
      String name = provider.name();
      gone.remove(name);
      if (providers.put(name, provider.state()) == null) {
        checks.register(name, check -> check.complete(status(name)));
      }
    }
    for (String name : gone) {
      providers.remove(name);
      checks.unregister(name);
    }
  }

  private Status status(String name) {
    Catalog.State state = providers.get(name);
    return state != null && state.usable() && !ails(name) ? Status.OK() : Status.KO();
  }

  private boolean ails(String name) {
    return signs.of(name).ails(System.currentTimeMillis());
  }

  private Future<HealthReport> report(HealthChecks checks) {
    Future<CheckResult> providers = checks.checkStatus();
    Future<LimiterHealth> limiter = Bus.ask(vertx, Addresses.LIMITER, new LimiterQuestion());
    return Future.all(providers, limiter).map(both -> report(providers.result(), limiter.result()));
  }

  private HealthReport report(CheckResult result, LimiterHealth limiter) {
    Map<String, Boolean> services = new LinkedHashMap<>();
    providers.keySet().forEach(name -> services.put(name, false));
    List<CheckResult> checks = result.getChecks();
    if (checks != null) {
      checks.forEach(check -> services.put(check.getId(), CheckResult.isUp(check)));
    }
    String degraded = degraded(limiter);
    boolean healthy = services.containsValue(true) && degraded == null;
    return new HealthReport(healthy, services, details(), degraded);
  }

  private @Nullable String degraded(LimiterHealth limiter) {
    List<String> reasons = new ArrayList<>();
    if (limiter.degraded() != null) {
      reasons.add(limiter.degraded());
    }
    connections.get().ifPresent(reasons::add);
    meters
        .reloads()
        .forEach(
            (what, reload) -> {
              if (reload.problem() != null) {
                reasons.add(what + ": " + reload.problem());
              }
            });
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private Map<String, HealthReport.Provider> details() {
    Map<String, HealthReport.Provider> details = new LinkedHashMap<>();
    providers.forEach(
        (name, state) -> {
          details.put(name, new HealthReport.Provider(word(name, state), signs.of(name)));
        });
    return details;
  }

  private String word(String name, Catalog.State state) {
    if (!ails(name)) {
      return state.name().toLowerCase(Locale.ROOT);
    }
    boolean refused = Fault.UPSTREAM_AUTH.code().equals(signs.of(name).lastFailure());
    return refused ? "unauthorized" : "failing";
  }
}
