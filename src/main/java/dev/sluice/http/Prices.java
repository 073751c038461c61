package dev.sluice.http;

import dev.sluice.chat.Price;
import dev.sluice.config.Config;

/** What models cost; one whose price nobody has set is free. */
final class Prices {
  private final Config config;

  Prices(Config config) {
    this.config = config;
  }

  Price of(ModelDirectory.Target target) {
    return config
        .provider(target.provider())
        .map(provider -> provider.prices().get(target.model()))
        .orElse(Price.FREE);
  }
}
