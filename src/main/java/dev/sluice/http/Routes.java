package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every address that the gateway answers at. */
final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  private final Router router;
  private final IdleConnections connections;
  private final HttpsOnly httpsOnly;
  private final CrossOrigin crossOrigin;
  private final RequestIds ids = new RequestIds();

  /**
   * @param metrics null if they are not to be there
   */
  Routes(
      Vertx vertx,
      ChatHandler chat,
      ModelsHandler models,
      HealthHandler health,
      RateLimitHandler rateLimit,
      SessionHandler session,
      @Nullable MetricsHandler metrics,
      PageHandler page,
      IdleConnections connections,
      HttpsOnly httpsOnly,
      CrossOrigin crossOrigin) {
    this.crossOrigin = crossOrigin;
    this.connections = connections;
    this.httpsOnly = httpsOnly;
    router = Router.router(vertx);
    only(HttpMethod.POST, "/api/chat/stream", chat::streamed);
    only(HttpMethod.POST, "/api/chat", chat::whole);
    only(HttpMethod.GET, "/api/models", models::handle);
    router.route(HttpMethod.DELETE, "/api/session").handler(with(session::end));
    only(HttpMethod.POST, "/api/session", session::begin);
    only(HttpMethod.GET, "/api/csrf-token", new CsrfHandler()::handle);
    only(HttpMethod.GET, "/api/health", health::handle);
    only(HttpMethod.GET, "/health/live", health::live);
    only(HttpMethod.GET, "/health/ready", health::ready);
    if (metrics != null) {
      only(HttpMethod.GET, "/metrics", metrics::handle);
    }
    only(HttpMethod.GET, "/api/rate-limit", rateLimit::handle);
    router.route("/api/*").handler(with(Routes::notFound));
    router.route("/health/*").handler(with(Routes::notFound));
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(with(page::handle));
    router.route().handler(with(exchange -> notAllowed(exchange, "GET, HEAD")));
    router.errorHandler(400, with(Routes::malformed));
    router.errorHandler(500, with(Routes::broken));
  }

  Router router() {
    return router;
  }

  private void only(HttpMethod method, String path, Consumer<Exchange> handler) {
    router.route(method, path).handler(with(handler));
    router.route(path).handler(with(exchange -> notAllowed(exchange, method.name())));
  }

  private Handler<RoutingContext> with(Consumer<Exchange> handler) {
    return context -> {
      HttpServerRequest request = context.request();
      Runnable over = connections.requested(request.connection());
      Exchange exchange = new Exchange(request, ids.next(), over);
      try {
        if (httpsOnly.admits(exchange) && crossOrigin.admits(exchange)) {
          handler.accept(exchange);
        }
      } catch (RuntimeException e) {
        log.atError().addKeyValue("request", exchange.id()).setCause(e).log("a handler failed");
        exchange.fail(e);
      }
    };
  }

  private static void notFound(Exchange exchange) {
    exchange.fail(Failure.of(Fault.NOT_FOUND, "There is nothing at this address."));
  }

  private static void notAllowed(Exchange exchange, String allowed) {
    exchange.response().putHeader(HttpHeaders.ALLOW, allowed);
    exchange.fail(Failure.of(Fault.METHOD_NOT_ALLOWED, "This address takes " + allowed + " only."));
  }

  private static void malformed(Exchange exchange) {
    exchange.fail(Failure.of(Fault.INVALID_REQUEST, "The request is malformed."));
  }

  private static void broken(Exchange exchange) {
    exchange.fail(Failure.INTERNAL);
  }
}
