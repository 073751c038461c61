package dev.sluice.provider;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.chat.Catalog;
import dev.sluice.chat.Model;
import dev.sluice.config.Config;
import dev.sluice.config.ProviderConfig;
import dev.sluice.provider.demo.DemoModel;
import dev.sluice.telemetry.ProviderSigns;
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
  private static final Duration REFRESH = Duration.ofMinutes(5);

  /** How often a provider that was unreachable is asked again. */
  private static final Duration RETRY = Duration.ofSeconds(15);

  private static final long PUBLISH_MILLIS = 1_000;

  private final ProviderSigns signs;
  private Config config;
  private final Map<String, ProviderConfig> discovered = new LinkedHashMap<>();
  private final Map<String, Listed> listed = new HashMap<>();
  private @Nullable ModelLists lists;
  private @Nullable Providers publishedProviders;
  private @Nullable Catalog publishedCatalog;

  /** The latest answer to a request for a provider's list, and the settings that it is for. */
  private record Listed(ProviderConfig provider, Catalog.State state, List<Model> models) {}

  /**
   * @param signs tell how the latest chats of each provider ended, which its list may not tell
   */
  public DiscoveryVerticle(Config config, ProviderSigns signs) {
    this.config = config;
    this.signs = signs;
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
        REFRESH.toMillis(),
        timer -> config.providers().values().forEach(provider -> refresh(lists, provider)));
    vertx.setPeriodic(
        RETRY.toMillis(),
        timer ->
            config.providers().values().stream()
                .filter(provider -> listed(provider).state() == Catalog.State.UNREACHABLE)
                .forEach(provider -> refresh(lists, provider)));
    vertx.setPeriodic(PUBLISH_MILLIS, timer -> publish()); // chats may have told more
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
    for (ProviderConfig provider : before.providers().values()) {
      if (!provider.equals(latest.providers().get(provider.name()))) {
        signs.forget(provider.name());
      }
    }
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
      lists.fetch(provider).onSuccess(listing -> learn(provider, listing));
    }
  }

  private void lookAround(ModelLists lists) {
    for (ProviderConfig candidate : config.localCandidates()) {
      lists.fetch(candidate).onSuccess(listing -> found(candidate, listing));
    }
  }

  /** The first port of a kind that lists models is taken, and kept for as long as it does. */
  private void found(ProviderConfig candidate, Listing listing) {
    ProviderConfig taken = discovered.get(candidate.name());
    boolean free = taken == null || !listed(taken).state().usable();
    boolean wanted = !candidate.equals(taken) && config.localCandidates().contains(candidate);
    if (listing.state() == Catalog.State.READY && free && wanted) {
      log.info(
          "Found {} at {} with {} models",
          candidate.name(),
          candidate.baseUrl(),
          listing.models().size());
      discovered.put(candidate.name(), candidate);
    }
    learn(candidate, listing);
  }

  /** Models that were listed once stay listed while their provider is unavailable. */
  private void learn(ProviderConfig provider, Listing listing) {
    if (!providers().all().contains(provider)) {
      return; // the settings changed in the meantime, or no model server is at this local port
    }
    Listed before = listed(provider);
    if (before.state() != listing.state()) {
      StateLog.changed(provider, before.state(), listing);
    }
    List<Model> latest = listing.models().isEmpty() ? before.models() : listing.models();
    listed.put(provider.name(), new Listed(provider, listing.state(), latest));
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
    Catalog.State state = state(latest);
    boolean available = state.usable();
    return new Catalog.Provider(
        provider.name(),
        state,
        models.stream().map(model -> new Model(model.id(), model.name(), available)).toList(),
        !provider.models().isEmpty(),
        provider.defaultModel());
  }

  /** A chat that ended well outweighs an answer without a list. */
  private Catalog.State state(Listed latest) {
    return switch (latest.state()) {
      case NO_LIST, NOT_AN_API, UNAUTHORIZED ->
          signs.of(latest.provider().name()).works() ? Catalog.State.READY : latest.state();
      default -> latest.state();
    };
  }
}
