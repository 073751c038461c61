package dev.sluice.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask by a key of the gateway's own.
 *
 * @param required whether nobody may ask without one
 * @param tokens whose tokens are as good as a key; null for nobody's
 * @param clients no two of them have a name or a hash in common
 */
public record KeysConfig(
    boolean required, List<ApiKeyConfig> clients, @Nullable TokensConfig tokens) {

  public static final KeysConfig DEFAULT = new KeysConfig(false, List.of(), null);

  public KeysConfig {
    clients = List.copyOf(clients);
  }
}
