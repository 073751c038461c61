package dev.sluice.http;

import dev.sluice.chat.LimitState;
import dev.sluice.chat.Standing;
import dev.sluice.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code GET /api/rate-limit}: {@code {limits: {per_minute, ...}, remaining: {per_minute, ...},
 * reset: {per_minute, ...}}} for the caller; resets in epoch seconds. Asking spends nothing.
 */
final class RateLimitHandler {
  private static final int OK = 200;

  private final Admissions admissions;

  RateLimitHandler(Admissions admissions) {
    this.admissions = admissions;
  }

  void handle(Exchange exchange) {
    admissions
        .standing(exchange)
        .onComplete(standing -> exchange.json(OK, json(standing)), exchange::fail);
  }

  private static byte[] json(Standing standing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("limits", each(standing, state -> state.limit().requests()));
    json.put("remaining", each(standing, LimitState::remaining));
    json.put("reset", each(standing, RateLimitHeaders::resetEpochSeconds));
    return Json.write(json);
  }

  private static Map<String, Object> each(Standing standing, Function<LimitState, Object> value) {
    Map<String, Object> windows = new LinkedHashMap<>();
    for (LimitState state : standing.states()) {
      windows.put("per_" + state.limit().name(), value.apply(state));
    }
    return windows;
  }
}
