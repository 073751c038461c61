package dev.sluice.config;

import java.net.URI;
import java.util.List;
import java.util.Set;

/** The model servers that may run on this machine, at the ports they usually take. */
final class LocalCandidates {
  /** Hosts by which a server hears what is sent to 127.0.0.1. */
  private static final Set<String> HEARD_LOCALLY =
      Set.of("127.0.0.1", "localhost", "0.0.0.0", "::", "::1", "0:0:0:0:0:0:0:0");

  private final Config config;

  LocalCandidates(Config config) {
    this.config = config;
  }

  List<ProviderConfig> all() {
    return ProviderKinds.ALL.stream()
        .filter(kind -> !config.providers().containsKey(kind.name()))
        .flatMap(
            kind ->
                kind.localUrls().stream()
                    .filter(url -> !isOwn(url) && !isConfigured(url))
                    .map(url -> ProviderConfig.of(kind, url)))
        .toList();
  }

  private boolean isOwn(String url) {
    return URI.create(url).getPort() == config.http().port()
        && HEARD_LOCALLY.contains(config.http().host());
  }

  private boolean isConfigured(String url) {
    return config.providers().values().stream().anyMatch(p -> p.baseUrl().equals(url));
  }
}
