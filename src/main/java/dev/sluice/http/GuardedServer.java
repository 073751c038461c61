package dev.sluice.http;

import dev.sluice.http.connection.Connections;
import dev.sluice.telemetry.ClientFaults;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** Makes HTTP servers that strangers may reach: all ports have the same bounds and rules. */
final class GuardedServer {
  private GuardedServer() {}

  /** Options without what the gateway does not use: upgrades to HTTP/2 and WebSockets. */
  static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(Connections.MAX_LINE)
        .setMaxHeaderSize(Connections.MAX_HEAD);
  }

  static HttpServer of(
      Vertx vertx,
      HttpServerOptions options,
      Routes routes,
      Connections connections,
      ClientFaults faults) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(connections::opened)
        .invalidRequestHandler(routes::refuse)
        .exceptionHandler(
            broken -> faults.seen(ClientFaults.Kind.CONNECTION, broken.getClass().getSimpleName()))
        .requestHandler(routes::handle);
  }
}
