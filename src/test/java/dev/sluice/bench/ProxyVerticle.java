package dev.sluice.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

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
    var client =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    var options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(port).setAcceptBacklog(BACKLOG);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> pass(client, request))
        .listen();
  }

  private void pass(HttpClient client, HttpServerRequest request) {
    var response = request.response();
    var target =
        new RequestOptions().setMethod(request.method()).setHost("127.0.0.1").setPort(upstream);
    request
        .body()
        .compose(
            body ->
                client
                    .request(target.setURI(request.uri()))
                    .compose(out -> send(out, body, request)))
        .onSuccess(answer -> relay(answer, response))
        .onFailure(cause -> refuse(response));
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest out, Buffer body, HttpServerRequest request) {
    request.response().closeHandler(gone -> out.reset());
    String type = request.getHeader("content-type");
    if (type != null) {
      out.putHeader("content-type", type);
    }
    return out.send(body);
  }

  private static void refuse(HttpServerResponse response) {
    if (!response.headWritten() && !response.closed()) {
      response.setStatusCode(502).end();
    }
  }

  private void relay(HttpClientResponse answer, HttpServerResponse response) {
    response.setStatusCode(answer.statusCode());
    response.putHeader("content-type", answer.getHeader("content-type"));
    String length = answer.getHeader("content-length");
    if (length == null) {
      response.setChunked(true);
    } else {
      response.putHeader("content-length", length);
    }
    if (gather) {
      new GatheringRelay(vertx.getOrCreateContext(), answer, response).start();
    } else {
      answer.pipeTo(response);
    }
  }
}
