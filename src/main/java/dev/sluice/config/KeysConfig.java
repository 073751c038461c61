package dev.sluice.config;

import java.util.List;

/**
 * Who may ask by a key of the gateway's own.
 *
 * @param required whether nobody may ask without one
 * @param clients no two of them have a name or a hash in common
 */
public record KeysConfig(boolean required, List<ApiKeyConfig> clients) {

  public static final KeysConfig DEFAULT = new KeysConfig(false, List.of());

  public KeysConfig {
    clients = List.copyOf(clients);
  }
}
