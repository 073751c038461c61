package dev.sluice.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code providers}: those of the file, and those that the environment holds a key for. */
final class ProviderReader {
  private static final int MOST_CONTEXT = 1_000_000_000;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private final Section providers;
  private final Environment environment;

  ProviderReader(Section providers, Environment environment) {
    this.providers = providers;
    this.environment = environment;
  }

  Map<String, ProviderConfig> read() {
    Map<String, ProviderConfig> all = new LinkedHashMap<>();
    for (String name : names()) {
      all.put(name, provider(name, providers.section(name)));
    }
    return all;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (ProviderKind kind : ProviderKinds.ALL) {
      if (ProviderKinds.ALWAYS.contains(kind.name()) || hasKeyAndUrl(kind)) {
        names.add(kind.name());
      }
    }
    names.addAll(providers.names());
    return names;
  }

  private boolean hasKeyAndUrl(ProviderKind kind) {
    return kind.baseUrl() != null
        && kind.keyVariable() != null
        && environment.variable(kind.keyVariable()).isPresent();
  }

  private static ProviderConfig provider(String name, Section in) {
    checkName(name, in);
    ProviderKind kind = kind(name, in);
    List<String> models = in.key("models").texts().orElse(List.of());
    return new ProviderConfig(
        name,
        kind,
        baseUrl(in, kind),
        apiKey(in, kind).orElse(null),
        in.key("auth").choice(Auth.class).orElse(kind.auth()),
        models,
        defaultModel(in, models).or(() -> usualModel(kind, models)).orElse(null),
        TimeoutReader.read(in.section("timeouts")),
        pool(in.section("pool")),
        new DialectReader(in.section("dialect"), kind.dialect()).read(),
        HeaderReader.read(in.section("headers")),
        in.key("ca_certificate").file().orElse(null),
        PriceReader.read(in.section("prices")),
        contexts(in.section("contexts")));
  }

  private static Map<String, Integer> contexts(Section in) {
    Map<String, Integer> contexts = new LinkedHashMap<>();
    in.keys()
        .forEach(
            (model, written) ->
                written.integer(1, MOST_CONTEXT).ifPresent(n -> contexts.put(model, n)));
    return contexts;
  }

  private static void checkName(String name, Section in) {
    if (name.equals(Config.CLAUDE)) {
      in.refuse("is another name of " + ProviderKinds.ANTHROPIC + "; use that one here");
    } else if (name.equals(Config.DEMO)) {
      in.refuse("is the name of the built-in model; its settings are under demo");
    } else if (!NAME.matcher(name).matches()) {
      in.refuse("has a name that is not made of a-z, 0-9, - and _, or is longer than 64");
    }
  }

  /** If the kind is wrong, the rest is read as if it were the first, to find what else is wrong. */
  private static ProviderKind kind(String name, Section in) {
    Map<String, ProviderKind> kinds = new LinkedHashMap<>();
    ProviderKinds.ALL.forEach(kind -> kinds.put(kind.name(), kind));
    Setting written = in.key("kind");
    Optional<ProviderKind> kind = written.choice(kinds);
    if (kind.isEmpty() && !written.isWritten() && !kinds.containsKey(name)) {
      written.refuse("must be given, since " + name + " is not itself a kind");
    }
    return kind.orElse(kinds.getOrDefault(name, ProviderKinds.ALL.get(0)));
  }

  private static String baseUrl(Section in, ProviderKind kind) {
    Setting written = in.key("base_url").or(kind.baseUrlVariable());
    Optional<String> url = written.url();
    if (kind.wire() == ProviderKind.Wire.ANTHROPIC && url.orElse("").endsWith("/v1")) {
      written.refuse("must end before /v1, which is added to it");
    }
    if (kind.baseUrl() == null) {
      written.required();
    }
    return url.orElse(kind.baseUrl() == null ? "" : kind.baseUrl());
  }

  private static Optional<Secret> apiKey(Section in, ProviderKind kind) {
    Setting written = in.key("api_key").or(kind.keyVariable());
    Optional<Secret> key = written.key();
    if (kind.keyRequired() && key.filter(PlaceholderKey::matches).isPresent()) {
      written.refuse("is an example's text, not a key; leave it empty to go without");
    }
    return key;
  }

  private static Optional<String> defaultModel(Section in, List<String> models) {
    Setting written = in.key("default_model");
    Optional<String> model = written.text();
    if (!models.isEmpty() && model.isPresent() && !models.contains(model.get())) {
      written.refuse("must be one of the models that are listed");
    }
    return model;
  }

  private static Optional<String> usualModel(ProviderKind kind, List<String> models) {
    Optional<String> usual = Optional.ofNullable(kind.defaultModel());
    return models.isEmpty()
        ? usual
        : usual.filter(models::contains).or(() -> models.stream().findFirst());
  }

  private static PoolConfig pool(Section in) {
    return new PoolConfig(
        in.key("connections").integer(1, 65_535).orElse(PoolConfig.DEFAULT.connections()),
        in.key("waiting").integer(0, 1_000_000).orElse(PoolConfig.DEFAULT.waiting()));
  }
}
