package dev.sluice.http;

import dev.sluice.chat.Price;
import dev.sluice.config.Config;
import dev.sluice.config.ProviderConfig;
import java.util.Optional;

/** What models cost; one whose price nobody has set is free. */
final class Prices {
  private final Config config;

  Prices(Config config) {
    this.config = config;
  }

  Price of(ModelDirectory.Target target) {
    return known(target).orElse(Price.FREE);
  }

  /** The price of a model, if there is one. */
  Optional<Price> known(ModelDirectory.Target target) {
    return config
        .provider(target.provider())
        .map(ProviderConfig::prices)
        .map(prices -> prices.get(target.model()));
  }
}
