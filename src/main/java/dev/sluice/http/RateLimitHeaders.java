package dev.sluice.http;

import dev.sluice.chat.Admission;
import dev.sluice.chat.Denied;
import dev.sluice.chat.Limit;
import dev.sluice.chat.LimitState;
import io.vertx.core.MultiMap;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a client stands with its limits, in headers: {@code X-RateLimit-Limit}, {@code -Remaining}
 * and {@code -Reset} (epoch seconds, as the field has them) for the tightest, and {@code RateLimit}
 * and {@code RateLimit-Policy} for all (draft-ietf-httpapi-ratelimit-headers-11, seconds from now;
 * money is in millionths of a dollar).
 */
final class RateLimitHeaders {
  private static final int SECOND = 1_000;

  private RateLimitHeaders() {}

  static void add(MultiMap headers, Admission admission) {
    tightest(admission).ifPresent(state -> add(headers, admission.states(), state));
  }

  private static void add(MultiMap headers, List<LimitState> states, LimitState tightest) {
    headers
        .set("x-ratelimit-limit", Long.toString(tightest.limit().amount()))
        .set("x-ratelimit-remaining", Long.toString(tightest.remaining()))
        .set("x-ratelimit-reset", Long.toString(resetEpochSeconds(tightest)))
        .set("ratelimit-policy", join(states, RateLimitHeaders::policy))
        .set("ratelimit", join(states, RateLimitHeaders::item));
  }

  /** When there is one more, in epoch seconds, rounded up. */
  static long resetEpochSeconds(LimitState state) {
    return seconds(System.currentTimeMillis() + state.resetMillis());
  }

  private static Optional<LimitState> tightest(Admission admission) {
    if (admission instanceof Denied denied) {
      return denied.states().stream()
          .filter(state -> state.limit().equals(denied.by()))
          .findFirst();
    }
    return admission.states().stream()
        .filter(state -> state.limit().unit() == Limit.Unit.REQUESTS)
        .min(Comparator.comparingLong(LimitState::remaining));
  }

  private static String policy(LimitState state) {
    String quota = name(state) + ";q=" + state.limit().amount();
    return state.limit().unit() == Limit.Unit.STREAMS
        ? quota + ";qu=\"concurrent-requests\""
        : quota + ";w=" + state.limit().window().toSeconds();
  }

  private static String item(LimitState state) {
    String remaining = name(state) + ";r=" + state.remaining();
    return state.limit().unit() == Limit.Unit.STREAMS
        ? remaining
        : remaining + ";t=" + seconds(state.resetMillis());
  }

  private static String name(LimitState state) {
    return '"' + state.limit().name() + '"';
  }

  private static long seconds(long millis) {
    return (millis + SECOND - 1) / SECOND;
  }

  private static String join(List<LimitState> states, Function<LimitState, String> part) {
    return states.stream().map(part).collect(Collectors.joining(", "));
  }
}
