package dev.sluice.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;

/** A server and a client on one event loop, and nothing between them but the passing on. */
final class ProxyVerticle extends VerticleBase {
  private static final int BACKLOG = 4096;
  private static final int CONNECTIONS = 10_000;

  private final int port;
  private final int upstream;
  private final boolean gather;

  ProxyVerticle(int port, int upstream, boolean gather) {
    this.port = port;
    this.upstream = upstream;
    this.gather = gather;
  }

  @Override
  public Future<?> start() {
    var toUpstream = new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(upstream);
    var client = vertx.createHttpClient(toUpstream, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    var options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(port).setAcceptBacklog(BACKLOG);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> new ProxyExchange(context, request, gather).pass(client))
        .listen();
  }
}
