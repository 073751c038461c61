package dev.sluice.provider;

import dev.sluice.chat.Catalog;
import dev.sluice.config.ProviderConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an operator once, when it changes, how a provider is and what to do about it. */
final class StateLog {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryVerticle.class);

  private StateLog() {}

  static void changed(ProviderConfig provider, Catalog.State before, Listing now) {
    String name = provider.name();
    switch (now.state()) {
      case UNAUTHORIZED ->
          log.warn(
              "The provider {} {} ({}): set {} to a valid one",
              name,
              provider.apiKey() == null ? "wants a key" : "refuses its key",
              now.detail(),
              remedy(provider));
      case NOT_AN_API ->
          log.warn(
              "The provider {} has no API of models at its base URL ({}): check"
                  + " providers.{}.base_url",
              name,
              now.detail(),
              name);
      case UNREACHABLE -> log.warn("The provider {} is unreachable ({})", name, now.detail());
      case READY -> {
        if (before != Catalog.State.UNKNOWN) {
          log.info("The provider {} is ready again", name);
        }
      }
      case NO_LIST -> log.info("The provider {} does not list its models ({})", name, now.detail());
      case UNKNOWN, NO_KEY -> {}
    }
  }

  private static String remedy(ProviderConfig provider) {
    String setting = "providers." + provider.name() + ".api_key";
    String variable = provider.kind().keyVariable();
    return variable == null ? setting : variable + " or " + setting;
  }
}
