package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.http.connection.Connections;
import dev.sluice.http.connection.OpenRequest;
import dev.sluice.http.connection.UndecodableHead;
import dev.sluice.telemetry.ClientFaults;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every address of one HTTP server: exact paths with their methods, and one handler for all else.
 * Each request is checked in order: its head, room for it, then what the server demands of it; the
 * first check that refuses has answered it.
 */
final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);
  private static final String HEALTH = "/health/";
  private static final long RETRY_SECONDS = 5;

  private final Connections connections;
  private final ClientFaults faults;
  private final RequestIds ids = new RequestIds();
  private final Map<String, Map<HttpMethod, Consumer<Exchange>>> paths = new HashMap<>();
  private List<Predicate<Exchange>> checks = List.of();
  private Consumer<Exchange> otherwise = Routes::notFound;

  Routes(Connections connections, ClientFaults faults) {
    this.connections = connections;
    this.faults = faults;
  }

  /** Demands these of every request; each answers the requests that it refuses. */
  Routes demand(List<Predicate<Exchange>> checks) {
    this.checks = List.copyOf(checks);
    return this;
  }

  /** Answers {@code method} at {@code path}. */
  Routes on(HttpMethod method, String path, Consumer<Exchange> handler) {
    paths.computeIfAbsent(path, first -> new LinkedHashMap<>()).put(method, handler);
    return this;
  }

  /** Answers every request, whatever its method and path. */
  Routes everything(Consumer<Exchange> handler) {
    otherwise = handler;
    return this;
  }

  /** Answers {@code GET} and {@code HEAD} of every path that has no route of its own. */
  Routes otherwise(Consumer<Exchange> handler) {
    otherwise = exchange -> pageOrNothing(exchange, handler);
    return this;
  }

  /** Answers one request. */
  void handle(HttpServerRequest request) {
    OpenRequest open = connections.requested(request);
    Exchange exchange = new Exchange(request, ids.next(), open);
    try {
      if (isInOrder(exchange) && hasRoom(exchange) && meetsDemands(exchange)) {
        route(exchange);
      }
    } catch (GatewayException e) {
      exchange.fail(e.failure());
    } catch (RuntimeException e) {
      log.atError().addKeyValue("request", exchange.id()).setCause(e).log("A handler failed");
      exchange.fail(e);
    }
  }

  /** Answers a request that could not be decoded, and closes its connection. */
  void refuse(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, ids.next(), connections.requested(request));
    refuse(exchange, UndecodableHead.failure(request));
  }

  private boolean isInOrder(Exchange exchange) {
    Optional<Failure> problem = RequestHead.problem(exchange.request());
    problem.ifPresent(failure -> refuse(exchange, failure));
    return problem.isEmpty();
  }

  private void refuse(Exchange exchange, Failure failure) {
    boolean large =
        failure.fault() == Fault.URI_TOO_LONG || failure.fault() == Fault.HEADERS_TOO_LARGE;
    faults.seen(
        large ? ClientFaults.Kind.TOO_LARGE : ClientFaults.Kind.MALFORMED, failure.message());
    if (failure.fault() == Fault.METHOD_NOT_ALLOWED) {
      exchange.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, DELETE");
    }
    exchange.failAndClose(failure);
  }

  /** A connection beyond the limit is answered about health alone. */
  private static boolean hasRoom(Exchange exchange) {
    if (!exchange.isSurplus() || path(exchange).startsWith(HEALTH)) {
      return true;
    }
    exchange.failAndClose(
        Failure.of(
                Fault.OVERLOADED,
                "The gateway has as many connections as it may. Try again in "
                    + RETRY_SECONDS
                    + " s.")
            .retryAfter(RETRY_SECONDS));
    return false;
  }

  private boolean meetsDemands(Exchange exchange) {
    for (Predicate<Exchange> check : checks) {
      if (!check.test(exchange)) {
        return false;
      }
    }
    return true;
  }

  private void route(Exchange exchange) {
    HttpMethod method = exchange.request().method();
    if (!method.equals(HttpMethod.POST)) {
      exchange.accept(); // its handler waits for no body
    }
    Map<HttpMethod, Consumer<Exchange>> methods = paths.get(path(exchange));
    if (methods == null) {
      otherwise.accept(exchange);
      return;
    }
    Consumer<Exchange> handler = methods.get(method);
    if (handler == null) {
      notAllowed(
          exchange, String.join(", ", methods.keySet().stream().map(HttpMethod::name).toList()));
    } else {
      handler.accept(exchange);
    }
  }

  /** The path without a slash at its end; empty for {@code *} and for a target without a path. */
  private static String path(Exchange exchange) {
    @Nullable String path = exchange.request().path();
    if (path == null || !path.startsWith("/")) {
      return "";
    }
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static void pageOrNothing(Exchange exchange, Consumer<Exchange> page) {
    HttpMethod method = exchange.request().method();
    String path = path(exchange);
    if (path.equals("/api") || path.startsWith("/api/") || path.startsWith(HEALTH)) {
      notFound(exchange);
    } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      page.accept(exchange);
    } else {
      notAllowed(exchange, "GET, HEAD");
    }
  }

  private static void notFound(Exchange exchange) {
    exchange.fail(Failure.of(Fault.NOT_FOUND, "There is nothing at this address."));
  }

  private static void notAllowed(Exchange exchange, String allowed) {
    exchange.response().putHeader(HttpHeaders.ALLOW, allowed);
    exchange.fail(Failure.of(Fault.METHOD_NOT_ALLOWED, "This address takes " + allowed + " only."));
  }
}
