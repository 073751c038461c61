package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.telemetry.ChatMeters;
import io.vertx.core.http.HttpHeaders;

/**
 * {@code GET /metrics}, for Prometheus. It is not there unless the settings want it: it tells
 * whoever asks which providers and models are used, and how much.
 */
final class MetricsHandler {
  private static final CharSequence TEXT =
      HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

  private final boolean enabled;
  private final ChatMeters meters;

  MetricsHandler(boolean enabled, ChatMeters meters) {
    this.enabled = enabled;
    this.meters = meters;
  }

  void handle(Exchange exchange) {
    if (!enabled) {
      exchange.fail(Failure.of(Fault.NOT_FOUND, "There is nothing at this address."));
      return;
    }
    exchange
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
        .putHeader(HttpHeaders.CACHE_CONTROL, HttpHeaders.createOptimized("no-store"))
        .end(meters.scrape());
  }
}
