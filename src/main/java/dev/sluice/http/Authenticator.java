package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.Config;
import dev.sluice.config.IpAddress;
import dev.sluice.http.identity.Caller;
import dev.sluice.http.identity.Callers;
import dev.sluice.http.identity.KeyCookie;
import dev.sluice.http.identity.RefusedCallerException;
import dev.sluice.http.identity.ShownKeys;
import dev.sluice.http.identity.WrongKeys;
import dev.sluice.http.token.Tokens;
import dev.sluice.telemetry.ChatMeters;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the caller of a request, by its key or token, else by its address. Wrong keys are limited
 * by address, whichever way they come. All methods fail with a {@link GatewayException}.
 */
final class Authenticator {
  private final Callers callers;
  private final ClientSide clients;
  private final @Nullable Tokens tokens;
  private final WrongKeys wrongKeys;
  private final ChatMeters meters;

  /**
   * @param tokens whose tokens are as good as a key, or null
   * @param wrongKeys the one that all event loops share
   */
  Authenticator(Config config, @Nullable Tokens tokens, WrongKeys wrongKeys, ChatMeters meters) {
    this.callers = new Callers(config);
    this.clients = new ClientSide(config.http());
    this.tokens = tokens;
    this.wrongKeys = wrongKeys;
    this.meters = meters;
  }

  /** The caller of a request. */
  Future<Caller> caller(Exchange exchange) {
    boolean secure = clients.isSecure(exchange.request());
    ShownKeys shown = ShownKeys.of(exchange.request().headers()::getAll, secure);
    return identified(exchange, inUse(shown));
  }

  /** The holder of a key or token that came in another way than by the request's headers. */
  Future<Caller> holder(Exchange exchange, String key) {
    ShownKeys shown = inUse(ShownKeys.one(key));
    return shown.isEmpty() ? refused("No keys are in use here.") : identified(exchange, shown);
  }

  /** Succeeds if no key is required, or if the caller has one. */
  Future<?> admitted(Exchange exchange) {
    return callers.needKey() ? caller(exchange) : Future.succeededFuture();
  }

  /** Where no key makes a difference only what looks like a token is one. */
  private ShownKeys inUse(ShownKeys shown) {
    if (callers.mayHaveKeys()) {
      return shown;
    }
    return tokens == null ? ShownKeys.NONE : shown.onlyTokens();
  }

  private Future<Caller> identified(Exchange exchange, ShownKeys shown) {
    try {
      IpAddress address = clients.address(exchange.request());
      if (!shown.isEmpty()) {
        return known(shown)
            .compose(
                caller -> rightKey(address, shown, caller),
                cause -> wrongKey(exchange, address, shown, GatewayException.failureOf(cause)));
      }
      return callers.needKey()
          ? refused("An API key is required: send it as Authorization: Bearer or as x-api-key.")
          : Future.succeededFuture(callers.stranger(address));
    } catch (RefusedCallerException e) {
      return failed(e.failure());
    }
  }

  private Future<Caller> known(ShownKeys shown) {
    if (shown.isAmbiguous()) {
      return refused("There are two different API keys in the request; send one.");
    }
    for (String key : shown.keys()) {
      Optional<Caller> holder = callers.holder(key);
      if (holder.isPresent()) {
        return Future.succeededFuture(holder.get());
      }
    }
    Future<Caller> found = refused("The API key is not known here.");
    Tokens verifier = tokens;
    if (verifier != null) {
      for (String token : shown.onlyTokens().keys()) {
        found = found.recover(unknown -> verifier.verify(token).map(callers::subject));
      }
    }
    return found;
  }

  private Future<Caller> rightKey(IpAddress address, ShownKeys shown, Caller caller) {
    long wait = wrongKeys.right(address, caller.id());
    return wait == 0 ? Future.succeededFuture(caller) : limited(address, shown, wait);
  }

  private Future<Caller> wrongKey(
      Exchange exchange, IpAddress address, ShownKeys shown, Failure failure) {
    if (failure.fault() != Fault.INVALID_API_KEY) {
      return failed(failure);
    }
    long wait = 0;
    for (int i = 0; i < shown.keys().size(); i++) {
      wait = Math.max(wait, wrongKeys.wrong(address));
    }
    if (wait > 0) {
      return limited(address, shown, wait);
    }
    meters.keyRefused(false);
    if (shown.byCookie() && exchange.isOpen()) {
      boolean secure = clients.isSecure(exchange.request());
      exchange.response().putHeader("set-cookie", KeyCookie.forget(secure));
    }
    return turnedAway(address, shown, failure);
  }

  private Future<Caller> limited(IpAddress address, ShownKeys shown, long seconds) {
    meters.keyRefused(true);
    Failure failure =
        Failure.of(
                Fault.RATE_LIMITED,
                "Too many wrong keys came from this address; try again in " + seconds + " s.")
            .retryAfter(seconds);
    return turnedAway(address, shown, failure);
  }

  /** A cookie is sent by the browser and not by a person, so it takes nothing from a stranger. */
  private Future<Caller> turnedAway(IpAddress address, ShownKeys shown, Failure failure) {
    return shown.byCookie() && !callers.needKey()
        ? Future.succeededFuture(callers.stranger(address))
        : failed(failure);
  }

  private static Future<Caller> refused(String message) {
    return failed(Failure.of(Fault.INVALID_API_KEY, message));
  }

  private static Future<Caller> failed(Failure failure) {
    return Future.failedFuture(new GatewayException(failure));
  }
}
