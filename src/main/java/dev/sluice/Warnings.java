package dev.sluice;

import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator may have set without meaning all of it. */
final class Warnings {
  private static final Logger log = LoggerFactory.getLogger(Warnings.class);

  private Warnings() {}

  static void tell(Config config) {
    if (!isLoopback(config) && !config.keys().required()) {
      log.warn(
          "Whoever reaches this address may chat: set keys.required to let in only who has a key");
    }
    for (ApiKeyConfig key : config.keys().clients()) {
      if (key.logContent()) {
        log.warn(
            "What {} asks and is answered is logged, since keys.clients.{}.log_content is set",
            key.name(),
            key.name());
      }
    }
  }

  static boolean isLoopback(Config config) {
    String host = config.http().host();
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }
}
