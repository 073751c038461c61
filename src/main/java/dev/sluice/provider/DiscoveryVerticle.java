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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows who can be asked for what: lists the models of every provider now and then, which costs
 * nothing, and looks for model servers on this machine. Publishes a new {@link Catalog} whenever it
 * learns something. Start-up does not wait for any of it.
 */
public final class DiscoveryVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryVerticle.class);
  private static final Duration PROVIDER_INTERVAL = Duration.ofMinutes(5);

  private Config config;
  private final Map<String, ProviderConfig> known = new LinkedHashMap<>();
  private final Map<String, Catalog.Provider> entries = new LinkedHashMap<>();
  private @Nullable ModelLists lists;
  private @Nullable Catalog published;

  public DiscoveryVerticle(Config config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    ModelLists lists = new ModelLists(vertx);
    this.lists = lists;
    config.providers().values().forEach(this::know);
    MessageConsumer<Object> questions =
        vertx
            .eventBus()
            .localConsumer(Addresses.CATALOG_NOW)
            .handler(question -> question.reply(catalog()));
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
    return Future.all(questions.completion(), settings.completion());
  }

  @Override
  public Future<?> stop() {
    if (lists != null) {
      lists.close();
    }
    return Future.succeededFuture();
  }

  private void know(ProviderConfig provider) {
    known.put(provider.name(), provider);
    Catalog.State state = provider.usable() ? Catalog.State.UNKNOWN : Catalog.State.NO_KEY;
    entries.put(provider.name(), entry(provider, state, List.of()));
  }

  private void change(ModelLists lists, Config latest) {
    Config before = config;
    config = latest;
    before.providers().keySet().stream()
        .filter(name -> !latest.providers().containsKey(name))
        .forEach(
            name -> {
              known.remove(name);
              entries.remove(name);
            });
    for (ProviderConfig provider : latest.providers().values()) {
      if (!provider.equals(before.providers().get(provider.name()))) {
        know(provider);
        refresh(lists, provider);
      }
    }
    publish();
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
      ProviderConfig found = known.get(candidate.name());
      if (found == null || found.baseUrl().equals(candidate.baseUrl())) {
        lists
            .fetch(candidate)
            .onSuccess(models -> found(candidate, models))
            .onFailure(cause -> lost(candidate));
      }
    }
  }

  private void found(ProviderConfig candidate, List<Model> models) {
    if (!known.containsKey(candidate.name())) {
      log.info(
          "found {} at {} with {} models", candidate.name(), candidate.baseUrl(), models.size());
      known.put(candidate.name(), candidate);
      Bus.publish(vertx, Addresses.PROVIDER_FOUND, new ProviderFound(candidate));
    }
    learn(candidate, Catalog.State.READY, models);
  }

  private void lost(ProviderConfig candidate) {
    if (known.containsValue(candidate)) {
      learn(candidate, Catalog.State.UNREACHABLE, List.of());
    }
  }

  /** Models that were listed once stay listed while their provider is away. */
  private void learn(ProviderConfig provider, Catalog.State state, List<Model> models) {
    if (!provider.equals(known.get(provider.name()))) {
      return; // it was asked before the settings changed
    }
    Catalog.Provider before = entries.get(provider.name());
    List<Model> latest = models.isEmpty() && before != null ? before.models() : models;
    entries.put(provider.name(), entry(provider, state, latest));
    publish();
  }

  private void publish() {
    Catalog catalog = catalog();
    if (!catalog.equals(published)) {
      published = catalog;
      Bus.publish(vertx, Addresses.CATALOG, catalog);
    }
  }

  private static Catalog.Provider entry(
      ProviderConfig provider, Catalog.State state, List<Model> listed) {
    List<Model> models = new ArrayList<>();
    if (provider.models().isEmpty()) {
      models.addAll(listed);
      String first = provider.defaultModel();
      if (models.isEmpty() && first != null) {
        models.add(new Model(first, first, true));
      }
    } else {
      provider.models().forEach(id -> models.add(new Model(id, id, true)));
    }
    List<Model> shown =
        models.stream().map(m -> new Model(m.id(), m.name(), state.usable())).toList();
    return new Catalog.Provider(
        provider.name(), state, shown, !provider.models().isEmpty(), provider.defaultModel());
  }

  private Catalog catalog() {
    List<Catalog.Provider> providers = new ArrayList<>(entries.values());
    if (config.demo().enabled()) {
      providers.add(DemoModel.catalogEntry());
    }
    return new Catalog(providers);
  }
}
