package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Catalog;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.Model;
import dev.sluice.config.ChatConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out who is meant by a provider's and a model's name, either of which may be missing. */
final class ModelDirectory {

  /** What older clients call Anthropic. */
  private static final String CLAUDE = "claude";

  private static final String ANTHROPIC = "anthropic";
  private static final String DEMO = "demo";

  private ChatConfig config;
  private Catalog catalog;

  ModelDirectory(ChatConfig config, Catalog catalog) {
    this.config = config;
    this.catalog = catalog;
  }

  /** Who answers, and with which model. */
  record Target(String provider, String model) {}

  void update(Catalog latest) {
    catalog = latest;
  }

  void update(ChatConfig latest) {
    config = latest;
  }

  Catalog catalog() {
    return catalog;
  }

  /** The name under which the page and older clients know a provider. */
  static String pageName(String provider) {
    return provider.equals(ANTHROPIC) ? CLAUDE : provider;
  }

  /**
   * The target of a chat that names {@code provider} and {@code model}, or leaves them out.
   *
   * @throws GatewayException if there is no such provider, or no such model where all are known
   */
  Target find(@Nullable String provider, @Nullable String model) {
    Catalog.Provider chosen = provider == null ? providerFor(model) : named(provider);
    String id = model == null ? defaultModel(chosen) : model;
    if (chosen.closed() && !lists(chosen, id)) {
      throw unknownModel(chosen, "does not offer this model");
    }
    return new Target(chosen.name(), id);
  }

  /** The target of a chat that names neither; empty if there is none. */
  Optional<Target> usualTarget() {
    try {
      return Optional.of(find(null, null));
    } catch (GatewayException nothingToAsk) {
      return Optional.empty();
    }
  }

  private Catalog.Provider named(String name) {
    return catalog
        .provider(name.equals(CLAUDE) ? ANTHROPIC : name)
        .orElseThrow(
            () ->
                new GatewayException(
                    Failure.at(
                        "provider",
                        Fault.UNKNOWN_PROVIDER,
                        "provider must be one of " + names() + ".")));
  }

  private String names() {
    return catalog.providers().stream()
        .map(provider -> pageName(provider.name()))
        .collect(Collectors.joining(", "));
  }

  /** Whoever lists the model; else whoever answers by default. */
  private Catalog.Provider providerFor(@Nullable String model) {
    Catalog.Provider usual = usual();
    if (model == null || lists(usual, model)) {
      return usual;
    }
    return catalog.providers().stream()
        .filter(provider -> provider.state().usable() && lists(provider, model))
        .findFirst()
        .orElse(usual);
  }

  /**
   * Whoever answers if nobody is asked for: the configured one; else the first that would answer;
   * else, rather than the demo, one that ought to, so that its failure is seen.
   */
  private Catalog.Provider usual() {
    if (config.defaultProvider() != null) {
      return named(config.defaultProvider());
    }
    List<Catalog.Provider> real =
        catalog.providers().stream()
            .filter(p -> !p.name().equals(DEMO) && p.state() != Catalog.State.NO_KEY)
            .toList();
    Optional<Catalog.Provider> best =
        real.stream()
            .filter(p -> p.state().usable())
            .findFirst()
            .or(() -> real.stream().findFirst());
    return best.or(() -> catalog.provider(DEMO)).orElseThrow(ModelDirectory::nobody);
  }

  private static GatewayException nobody() {
    return new GatewayException(
        Failure.of(
            Fault.MISSING_KEY, "No provider is configured. Set a key such as OPENAI_API_KEY."));
  }

  private String defaultModel(Catalog.Provider provider) {
    if (config.defaultModel() != null && provider.equals(usual())) {
      return config.defaultModel();
    }
    return provider
        .defaultModel()
        .orElseThrow(() -> unknownModel(provider, "lists no models; name one"));
  }

  private static boolean lists(Catalog.Provider provider, String model) {
    // What follows a demo model's name only says how it is to behave.
    String name = provider.name().equals(DEMO) ? model.split("\\?", 2)[0] : model;
    return provider.models().stream().map(Model::id).anyMatch(name::equals);
  }

  private static GatewayException unknownModel(Catalog.Provider provider, String why) {
    return new GatewayException(
        Failure.at(
            "model",
            Fault.UNKNOWN_MODEL,
            "The provider " + pageName(provider.name()) + " " + why + "."));
  }
}
