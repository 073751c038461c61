package dev.sluice.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go, by OTLP over HTTP.
 *
 * @param endpoint the collector, without {@code /v1/traces}; null for no traces
 * @param headers sent along with them
 * @param service what they call this gateway
 * @param sample the part of chats that is traced, of those whose caller did not decide it
 * @param upstream whether upstreams are told the trace (W3C Trace Context)
 */
public record TracesConfig(
    @Nullable String endpoint,
    Map<String, Secret> headers,
    String service,
    double sample,
    boolean upstream) {

  public static final TracesConfig DEFAULT = new TracesConfig(null, Map.of(), "sluice", 1, false);

  public TracesConfig {
    headers = Map.copyOf(headers);
  }
}
