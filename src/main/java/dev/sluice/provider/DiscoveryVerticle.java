package dev.sluice.provider;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.chat.Catalog;
import dev.sluice.chat.Model;
import dev.sluice.config.Config;
import dev.sluice.config.ProviderConfig;
import dev.sluice.provider.demo.DemoModel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of two states: which {@link Providers} there are, by the settings and by discovery on
 * this machine; and the {@link Catalog} of what each of them offers, which their model lists tell
 * free of charge. Publishes each state when it changes and answers with it when asked. Start-up
 * waits for no list.
 */
public final class DiscoveryVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryVerticle.class);
  private static final Duration PROVIDER_INTERVAL = Duration.ofMinutes(5);

  private Config config;
  private final Map<String, ProviderConfig> discovered = new LinkedHashMap<>();
  private final Map<String, Listed> listed = new HashMap<>();
  private @Nullable ModelLists lists;
  private @Nullable Providers publishedProviders;
  private @Nullable Catalog publishedCatalog;

  /** The latest answer to a request for a provider's list, and the settings that it is for. */
  private record Listed(ProviderConfig provider, Catalog.State state, List<Model> models) {}

  public DiscoveryVerticle(Config config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    ModelLists lists = new ModelLists(vertx);
    this.lists = lists;
    MessageConsumer<Object> catalogQuestions =
        vertx
            .eventBus()
            .localConsumer(Addresses.CATALOG_NOW)
            .handler(question -> question.reply(catalog()));
    MessageConsumer<Object> providersQuestions =
        vertx
            .eventBus()
            .localConsumer(Addresses.PROVIDERS_NOW)
            .handler(question -> question.reply(providers()));
    config.providers().values().forEach(provider -> refresh(lists, provider));
    vertx.setPeriodic(
        PROVIDER_INTERVAL.toMillis(),
        timer -> config.providers().values().forEach(provider -> refresh(lists, provider)));
    lookAround(lists);
    vertx.setPeriodic(config.localServers().interval().toMillis(), timer -> lookAround(lists));
    MessageConsumer<Config> settings =
        vertx
            .eventBus()
            .<Config>localConsumer(Addresses.SETTINGS)
            .handler(message -> change(lists, message.body()));
    return Future.all(
        catalogQuestions.completion(), providersQuestions.completion(), settings.completion());
  }

  @Override
  public Future<?> stop() {
    if (lists != null) {
      lists.close();
    }
    return Future.succeededFuture();
  }

  private void change(ModelLists lists, Config latest) {
    Config before = config;
    config = latest;
    discovered.values().retainAll(latest.localCandidates());
    for (ProviderConfig provider : latest.providers().values()) {
      if (!provider.equals(before.providers().get(provider.name()))) {
        refresh(lists, provider);
      }
    }
    publish();
    lookAround(lists);
  }

  private void refresh(ModelLists lists, ProviderConfig provider) {
    if (provider.usable()) {
      lists
          .fetch(provider)
          .onSuccess(models -> learn(provider, Catalog.State.READY, models))
          .onFailure(cause -> learn(provider, Catalog.State.UNREACHABLE, List.of()));
    }
  }

  private void lookAround(ModelLists lists) {
    for (ProviderConfig candidate : config.localCandidates()) {
      lists
          .fetch(candidate)
          .onSuccess(models -> found(candidate, models))
          .onFailure(cause -> learn(candidate, Catalog.State.UNREACHABLE, List.of()));
    }
  }

  /** The first port of a kind that answers is taken, and kept for as long as it answers. */
  private void found(ProviderConfig candidate, List<Model> models) {
    ProviderConfig taken = discovered.get(candidate.name());
    boolean free = taken == null || !entry(taken).state().usable();
    if (free && !candidate.equals(taken) && config.localCandidates().contains(candidate)) {
      log.info(
          "Found {} at {} with {} models", candidate.name(), candidate.baseUrl(), models.size());
      discovered.put(candidate.name(), candidate);
    }
    learn(candidate, Catalog.State.READY, models);
  }

  /** Models that were listed once stay listed while their provider is unavailable. */
  private void learn(ProviderConfig provider, Catalog.State state, List<Model> models) {
    if (!providers().all().contains(provider)) {
      return; // the settings changed in the meantime, or nothing is at this local port
    }
    Listed before = listed(provider);
    List<Model> latest = models.isEmpty() ? before.models() : models;
    listed.put(provider.name(), new Listed(provider, state, latest));
    publish();
  }

  private Listed listed(ProviderConfig provider) {
    Listed latest = listed.get(provider.name());
    if (latest != null && latest.provider().equals(provider)) {
      return latest;
    }
    Catalog.State state = provider.usable() ? Catalog.State.UNKNOWN : Catalog.State.NO_KEY;
    return new Listed(provider, state, List.of());
  }

  /** The event loops hear of a provider before anybody can choose its models. */
  private void publish() {
    Providers providers = providers();
    if (!providers.equals(publishedProviders)) {
      publishedProviders = providers;
      Bus.publish(vertx, Addresses.PROVIDERS, providers);
    }
    Catalog catalog = catalog();
    if (!catalog.equals(publishedCatalog)) {
      publishedCatalog = catalog;
      Bus.publish(vertx, Addresses.CATALOG, catalog);
    }
  }

  private Providers providers() {
    List<ProviderConfig> all = new ArrayList<>(config.providers().values());
    all.addAll(discovered.values());
    return new Providers(all);
  }

  private Catalog catalog() {
    List<Catalog.Provider> entries = new ArrayList<>();
    providers().all().forEach(provider -> entries.add(entry(provider)));
    if (config.demo().enabled()) {
      entries.add(DemoModel.catalogEntry());
    }
    return new Catalog(entries);
  }

  private Catalog.Provider entry(ProviderConfig provider) {
    Listed latest = listed(provider);
    List<Model> models = new ArrayList<>();
    if (provider.models().isEmpty()) {
      models.addAll(latest.models());
      String first = provider.defaultModel();
      if (models.isEmpty() && first != null) {
        models.add(new Model(first, first, true));
      }
    } else {
      provider.models().forEach(id -> models.add(new Model(id, id, true)));
    }
    boolean available = latest.state().usable();
    return new Catalog.Provider(
        provider.name(),
        latest.state(),
        models.stream().map(model -> new Model(model.id(), model.name(), available)).toList(),
        !provider.models().isEmpty(),
        provider.defaultModel());
  }
}
