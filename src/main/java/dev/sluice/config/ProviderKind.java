package dev.sluice.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known beforehand about a vendor or a model server.
 *
 * @param wire the format that it speaks
 * @param baseUrl null if it has to be configured
 * @param auth how it takes a key
 * @param keyVariable the environment variable that usually holds the key, or null
 * @param baseUrlVariable the environment variable that usually moves it, or null
 * @param keyRequired whether it answers nobody without a key
 * @param defaultModel null if the first that it lists has to do
 * @param localUrls where it is usually found on one's own machine; empty for a vendor
 */
public record ProviderKind(
    String name,
    Wire wire,
    @Nullable String baseUrl,
    Auth auth,
    @Nullable String keyVariable,
    @Nullable String baseUrlVariable,
    boolean keyRequired,
    @Nullable String defaultModel,
    DialectConfig dialect,
    List<String> localUrls) {

  public ProviderKind {
    localUrls = List.copyOf(localUrls);
  }

  /** A format that an upstream speaks. */
  public enum Wire {
    OPENAI,
    ANTHROPIC
  }
}
