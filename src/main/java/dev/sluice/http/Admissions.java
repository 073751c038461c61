package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.bus.Permits;
import dev.sluice.chat.Admission;
import dev.sluice.chat.Denied;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.PeekPermits;
import dev.sluice.chat.Permit;
import dev.sluice.chat.Standing;
import dev.sluice.chat.TakePermit;
import dev.sluice.http.identity.Caller;
import dev.sluice.http.identity.Callers;
import dev.sluice.http.identity.RefusedCallerException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a chat may begin: who asks, whether its key allows the model, and whether its
 * limits have room. All fail with a {@link GatewayException}.
 */
final class Admissions {
  private final Vertx vertx;
  private final Callers callers;

  Admissions(Vertx vertx, Callers callers) {
    this.vertx = vertx;
    this.callers = callers;
  }

  /** Takes a permit for one chat, and tells the client by headers how it stands. */
  Future<Permit> take(Exchange exchange, String model) {
    return caller(exchange)
        .compose(caller -> allowed(caller, model))
        .compose(
            caller ->
                Permits.take(
                    vertx, new TakePermit(caller.id().text(), exchange.id(), limits(caller))))
        .compose(admission -> told(exchange, admission));
  }

  /** How the caller stands, which spends nothing. */
  Future<Standing> standing(Exchange exchange) {
    return caller(exchange)
        .compose(
            caller -> Permits.peek(vertx, new PeekPermits(caller.id().text(), limits(caller))));
  }

  /** No byte of the chat reached a model: the permit is given back. */
  void refund(Permit permit) {
    if (permit.ticket() != null) {
      Permits.refund(vertx, permit.ticket());
    }
  }

  private Future<Caller> caller(Exchange exchange) {
    SocketAddress peer = exchange.request().remoteAddress();
    String address = peer == null ? null : peer.hostAddress();
    try {
      return Future.succeededFuture(
          callers.identify(address, exchange.request().headers()::getAll));
    } catch (RefusedCallerException e) {
      return Future.failedFuture(new GatewayException(e.failure()));
    }
  }

  private static Future<Caller> allowed(Caller caller, String model) {
    if (caller.key().isPresent() && !caller.key().get().allows(model)) {
      return Future.failedFuture(
          new GatewayException(
              Failure.at("model", Fault.UNKNOWN_MODEL, "Your key does not allow this model.")));
    }
    return Future.succeededFuture(caller);
  }

  private static @Nullable String limits(Caller caller) {
    return caller.key().map(key -> key.limitSet()).orElse(null);
  }

  private static Future<Permit> told(Exchange exchange, Admission admission) {
    RateLimitHeaders.add(exchange.response().headers(), admission);
    if (admission instanceof Denied denied) {
      return Future.failedFuture(new GatewayException(denied.failure()));
    }
    return Future.succeededFuture((Permit) admission);
  }
}
