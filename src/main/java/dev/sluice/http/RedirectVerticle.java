package dev.sluice.http;

import dev.sluice.config.Config;
import dev.sluice.config.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.jspecify.annotations.Nullable;

/** A port without TLS, which answers everything by the same address over HTTPS. */
public final class RedirectVerticle extends VerticleBase {
  private static final int IDLE_SECONDS = 10;

  private final Config config;
  private final int port;
  private final int httpsPort;
  private final RequestIds ids = new RequestIds();
  private @Nullable HttpServer server;

  /**
   * @param httpsPort where HTTPS is really listened on
   */
  public RedirectVerticle(Config config, TlsConfig tls, int httpsPort) {
    this.config = config;
    this.port = tls.redirectPort() == null ? 0 : tls.redirectPort();
    this.httpsPort = httpsPort;
  }

  /** The port that is listened on. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false);
    return vertx
        .createHttpServer(options)
        .requestHandler(
            request -> {
              Exchange exchange = new Exchange(request, ids.next(), () -> {});
              HttpsOnly.redirect(exchange, httpsPort);
            })
        .listen(port, config.http().host())
        .onSuccess(listening -> server = listening);
  }
}
