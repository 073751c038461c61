package dev.sluice.provider;

import dev.sluice.chat.Model;
import dev.sluice.config.ProviderConfig;
import dev.sluice.wire.UpstreamRequest;
import dev.sluice.wire.UpstreamWire;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Asks upstreams which models they have. */
final class ModelLists {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int LIST_LIMIT = 8 * 1024 * 1024;
  private static final int OK = 200;

  /** An upstream that answers so is there, and only does not list what it has. */
  private static final Set<Integer> NO_LIST = Set.of(404, 405, 501);

  private final HttpClient client;

  ModelLists(Vertx vertx) {
    client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setMaxHeaderSize(32 * 1024)
                    .setConnectTimeout((int) DEADLINE.toMillis())
                    .setSslHandshakeTimeout(DEADLINE.toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS))
            .withConnectHandler(connection -> connection.exceptionHandler(ignored -> {}))
            .build();
  }

  /**
   * The models that {@code provider} lists; fails if there is no connection within five seconds, or
   * no whole list in five more.
   */
  Future<List<Model>> fetch(ProviderConfig provider) {
    UpstreamWire wire = Wires.of(provider.kind());
    return client.request(options(provider, wire)).compose(request -> models(request, wire));
  }

  private static RequestOptions options(ProviderConfig provider, UpstreamWire wire) {
    MultiMap headers = HttpHeaders.headers().set("accept-encoding", "identity");
    for (UpstreamRequest.Header header : wire.headers(Wires.dialect(provider.dialect()))) {
      headers.set(header.name(), header.value());
    }
    Authorization.headers(provider).forEach(headers::set);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(provider.baseUrl() + wire.modelsPath())
            .setFollowRedirects(false)
            .setHeaders(headers);
    if (provider.caCertificate() != null) {
      options.setSslOptions(
          new ClientSSLOptions()
              .setHostnameVerificationAlgorithm("HTTPS")
              .setTrustOptions(new PemTrustOptions().addCertPath(provider.caCertificate())));
    }
    return options;
  }

  private static Future<List<Model>> models(HttpClientRequest request, UpstreamWire wire) {
    return request
        .send()
        .compose(response -> models(response, wire))
        .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(cause -> request.reset());
  }

  private static Future<List<Model>> models(HttpClientResponse response, UpstreamWire wire) {
    Promise<List<Model>> models = Promise.promise();
    response.exceptionHandler(models::tryFail);
    if (response.statusCode() != OK && !NO_LIST.contains(response.statusCode())) {
      return Future.failedFuture("no list of models, but status " + response.statusCode());
    }
    WholeBody.read(
        response,
        LIST_LIMIT,
        body -> {
          if (body == null) {
            models.tryFail("the list of models is too long");
          } else {
            models.tryComplete(response.statusCode() == OK ? wire.models(body) : List.of());
          }
        });
    return models.future();
  }

  void close() {
    client.close();
  }
}
