package dev.sluice.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is.
 *
 * @param healthy whether at least one provider can be asked and nothing is degraded
 * @param services whether each provider can be asked, by its name, in order
 * @param providers more about each of them, for an operator
 * @param degraded what does not work as it should although chats go on, in words; null if all does
 */
public record HealthReport(
    boolean healthy,
    Map<String, Boolean> services,
    Map<String, Provider> providers,
    @Nullable String degraded) {
  public HealthReport {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
  }

  /**
   * What is known of a provider.
   *
   * @param state a {@link Catalog.State} in lower case; {@code failing}, or {@code unauthorized},
   *     if its latest chats failed
   */
  public record Provider(String state, ProviderSign sign) {}
}
