package dev.sluice.config;

import dev.sluice.chat.Price;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One upstream.
 *
 * @param baseUrl what the wire's paths are appended to; without a slash at its end
 * @param apiKey null if there is none
 * @param auth how the key is sent
 * @param models the models to offer, by the upstream's ids; empty means all that it lists
 * @param defaultModel the model to ask if a chat names none; null means the first that it lists
 * @param headers to send along with each request; names in lower case
 * @param caCertificate the path of a PEM file with the authorities to trust instead of the usual
 *     ones, or null
 * @param prices what its models cost, as far as is known
 * @param contexts how many tokens its models take, question and answer together, as far as is known
 */
public record ProviderConfig(
    String name,
    ProviderKind kind,
    String baseUrl,
    @Nullable Secret apiKey,
    Auth auth,
    List<String> models,
    @Nullable String defaultModel,
    TimeoutConfig timeouts,
    PoolConfig pool,
    DialectConfig dialect,
    Map<String, Secret> headers,
    @Nullable String caCertificate,
    Map<String, Price> prices,
    Map<String, Integer> contexts) {

  public ProviderConfig {
    models = List.copyOf(models);
    headers = Map.copyOf(headers);
    prices = Map.copyOf(prices);
    contexts = Map.copyOf(contexts);
  }

  /** A provider of that kind, named after it, without a key and with all else as usual. */
  static ProviderConfig of(ProviderKind kind, String baseUrl) {
    return new ProviderConfig(
        kind.name(),
        kind,
        baseUrl,
        null,
        kind.auth(),
        List.of(),
        kind.defaultModel(),
        TimeoutConfig.DEFAULT,
        PoolConfig.DEFAULT,
        kind.dialect(),
        Map.of(),
        null,
        Map.of(),
        Map.of());
  }

  /** Whether it can be asked at all: it has a key or needs none. */
  public boolean usable() {
    return apiKey != null || auth == Auth.NONE || !kind.keyRequired();
  }
}
