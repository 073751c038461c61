package dev.sluice.http;

import dev.sluice.chat.Limit;
import dev.sluice.chat.LimitState;
import dev.sluice.chat.Standing;
import dev.sluice.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code GET /api/rate-limit}: {@code {limits: {per_minute, ...}, remaining: {per_minute, ...},
 * reset: {per_minute, ...}}} for the caller; resets in epoch seconds. Limits of tokens, money and
 * streams are there if there are some. Asking spends nothing.
 */
final class RateLimitHandler {
  private static final int OK = 200;
  private static final double MICRO = 1e6;

  private final Supplier<Edition> edition;

  RateLimitHandler(Supplier<Edition> edition) {
    this.edition = edition;
  }

  void handle(Exchange exchange) {
    edition
        .get()
        .admissions()
        .standing(exchange)
        .onComplete(standing -> exchange.json(OK, json(standing)), exchange::fail);
  }

  private static byte[] json(Standing standing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("limits", each(standing, state -> amount(state, state.limit().amount())));
    json.put("remaining", each(standing, state -> amount(state, state.remaining())));
    json.put("reset", each(standing, RateLimitHeaders::resetEpochSeconds));
    return Json.write(json);
  }

  private static Map<String, Object> each(Standing standing, Function<LimitState, Object> value) {
    Map<String, Object> windows = new LinkedHashMap<>();
    standing.states().forEach(state -> windows.put(name(state.limit()), value.apply(state)));
    return windows;
  }

  private static String name(Limit limit) {
    return switch (limit.unit()) {
      case REQUESTS -> "per_" + limit.name();
      case TOKENS -> limit.name().replace("-", "_per_");
      case MICRODOLLARS -> "dollars_per_day";
      case STREAMS -> "streams";
    };
  }

  private static Object amount(LimitState state, long amount) {
    return state.limit().unit() == Limit.Unit.MICRODOLLARS ? (Object) (amount / MICRO) : amount;
  }
}
