package dev.sluice.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that can be set, checked and complete. Mirrors {@code sluice.yaml}.
 *
 * @param providers the upstreams by name, in order; {@code openai}, {@code anthropic} and {@code
 *     gemini} are always there, with or without a key
 */
public record Config(
    HttpConfig http,
    ChatConfig chat,
    Map<String, ProviderConfig> providers,
    DemoConfig demo,
    LocalServersConfig localServers,
    LimitsConfig limits,
    KeysConfig keys,
    LogConfig log,
    MetricsConfig metrics,
    TracesConfig traces,
    ManagementConfig management) {

  /** Another name of {@code anthropic}, which clients of the first gateway of this kind use. */
  static final String CLAUDE = "claude";

  /** The name of the built-in provider. */
  public static final String DEMO = "demo";

  public Config {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
  }

  /** What holds without a file and with an empty environment. */
  public static Config defaults() {
    return ConfigReader.read(Map.of());
  }

  /** The limits of all callers and models, those of keys among them. */
  public LimitsConfig allLimits() {
    return limits.with(keys);
  }

  /** The provider of that name; {@code claude} means {@code anthropic}. */
  public Optional<ProviderConfig> provider(String name) {
    return Optional.ofNullable(providers.get(resolved(name)));
  }

  /** A provider's own name, given any name that it has. */
  static String resolved(String name) {
    return name.equals(CLAUDE) ? ProviderKinds.ANTHROPIC : name;
  }

  /**
   * The model servers that may run on this machine, at their usual ports. A kind with two usual
   * ports gives two candidates of the same name. Left out are names and URLs that are configured
   * already, and the gateway itself. Empty if they are not to be looked for.
   */
  public List<ProviderConfig> localCandidates() {
    return localServers.discover() ? new LocalCandidates(this).all() : List.of();
  }
}
