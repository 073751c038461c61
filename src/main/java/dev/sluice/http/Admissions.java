package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.bus.Permits;
import dev.sluice.chat.Admission;
import dev.sluice.chat.Cost;
import dev.sluice.chat.Denied;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.Limit;
import dev.sluice.chat.LimitState;
import dev.sluice.chat.PeekPermits;
import dev.sluice.chat.Permit;
import dev.sluice.chat.Price;
import dev.sluice.chat.Standing;
import dev.sluice.chat.TakePermit;
import dev.sluice.chat.Usage;
import dev.sluice.config.Config;
import dev.sluice.config.LimitsConfig;
import dev.sluice.http.identity.Caller;
import dev.sluice.telemetry.ChatMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a chat may begin: whether the caller's key allows the model, and whether its
 * limits have room. All fail with a {@link GatewayException}.
 */
final class Admissions {
  /** The tokens that are held for an answer of which nobody says how long it may become. */
  private static final int USUAL_ANSWER = 1_000;

  private final Vertx vertx;
  private final Authenticator authenticator;
  private final ChatMeters meters;
  private final Prices prices;
  private final LimitsConfig limits;

  Admissions(Vertx vertx, Config config, Authenticator authenticator, ChatMeters meters) {
    this.vertx = vertx;
    this.authenticator = authenticator;
    this.meters = meters;
    this.prices = new Prices(config);
    this.limits = config.limits();
  }

  /**
   * Takes a permit for one chat, and tells the client by headers how it stands.
   *
   * @param asked what the question alone uses, by estimate
   * @param maxTokens the longest answer that is asked for, or null
   */
  Future<Charge> take(
      Exchange exchange,
      Caller caller,
      ModelDirectory.Target target,
      Usage asked,
      @Nullable Integer maxTokens) {
    Price price = prices.of(target);
    int output = maxTokens == null ? USUAL_ANSWER : maxTokens;
    Cost estimate = price.of(Usage.of(asked.input(), output));
    return allowed(caller, target.model())
        .compose(
            allowed ->
                Permits.take(
                        vertx,
                        new TakePermit(
                            caller.id().text(), exchange.id(), limits(caller, target), estimate))
                    .compose(admission -> told(exchange, admission))
                    .map(permit -> new Charge(vertx, permit, price, caller)));
  }

  /** How the caller stands, which spends nothing. */
  Future<Standing> standing(Exchange exchange) {
    return caller(exchange).compose(this::standing);
  }

  private Future<Standing> standing(Caller caller) {
    return Permits.peek(vertx, new PeekPermits(caller.id().text(), caller.limits()));
  }

  /**
   * Fails if the caller has used up a limit of requests, whatever it will ask; else succeeds. Where
   * models have limits of their own, a caller without a key is refused only once its model is
   * known.
   */
  Future<?> foresee(Exchange exchange, Caller caller) {
    if (limits.shadow() || (caller.key().isEmpty() && !limits.sets().isEmpty())) {
      return Future.succeededFuture();
    }
    return standing(caller)
        .compose(
            standing ->
                exhausted(standing)
                    .<Future<Permit>>map(denied -> told(exchange, denied))
                    .orElseGet(Future::succeededFuture));
  }

  private static Optional<Denied> exhausted(Standing standing) {
    return standing.states().stream()
        .filter(state -> state.limit().unit() == Limit.Unit.REQUESTS && state.remaining() == 0)
        .max(Comparator.comparingLong(LimitState::resetMillis))
        .map(state -> new Denied(state.limit(), state.resetMillis(), standing.states()));
  }

  private Future<Caller> caller(Exchange exchange) {
    return authenticator.caller(exchange);
  }

  private static Future<Caller> allowed(Caller caller, String model) {
    if (caller.key().isPresent() && !caller.key().get().allows(model)) {
      return Future.failedFuture(
          new GatewayException(
              Failure.at("model", Fault.UNKNOWN_MODEL, "Your key does not allow this model.")));
    }
    return Future.succeededFuture(caller);
  }

  /** A key's own limits; else those of the model, if it has some. */
  private @Nullable String limits(Caller caller, ModelDirectory.Target target) {
    return caller.key().isPresent() ? caller.limits() : limits.setOf(target.model());
  }

  private Future<Permit> told(Exchange exchange, Admission admission) {
    meters.decided(!(admission instanceof Denied));
    RateLimitHeaders.add(exchange.response().headers(), admission);
    if (admission instanceof Denied denied) {
      return Future.failedFuture(new GatewayException(denied.failure()));
    }
    return Future.succeededFuture((Permit) admission);
  }
}
