package dev.sluice.http;

import dev.sluice.telemetry.ChatMeters;
import io.vertx.core.http.HttpHeaders;

/**
 * {@code GET /metrics}, for Prometheus. There only if the settings want it: it tells whoever asks
 * which providers and models are used, and how much.
 */
final class MetricsHandler {
  private static final CharSequence TEXT =
      HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

  private final ChatMeters meters;

  MetricsHandler(ChatMeters meters) {
    this.meters = meters;
  }

  void handle(Exchange exchange) {
    exchange
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
        .putHeader(HttpHeaders.CACHE_CONTROL, HttpHeaders.createOptimized("no-store"))
        .end(meters.scrape());
  }
}
