package dev.sluice.provider;

import dev.sluice.config.ProviderConfig;
import java.util.List;

/**
 * Every provider that the gateway has at one moment: those of the settings, and the model servers
 * that were discovered on this machine. A state and not a change, so that a receiver that missed
 * one is right again with the next.
 */
public record Providers(List<ProviderConfig> all) {
  public Providers {
    all = List.copyOf(all);
  }
}
