package dev.sluice.provider;

import dev.sluice.chat.Model;
import dev.sluice.config.ProviderConfig;
import dev.sluice.wire.UpstreamRequest;
import dev.sluice.wire.UpstreamWire;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Asks upstreams which models they have. */
final class ModelLists {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int OK = 200;

  /** An upstream that answers so is there, and only does not list what it has. */
  private static final Set<Integer> NO_LIST = Set.of(404, 405, 501);

  private final WebClient client;

  ModelLists(Vertx vertx) {
    client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setUserAgentEnabled(false)
                .setMaxHeaderSize(32 * 1024)
                .setConnectTimeout((int) DEADLINE.toMillis()));
  }

  /** The models that {@code provider} lists; fails if it does not within five seconds. */
  Future<List<Model>> fetch(ProviderConfig provider) {
    UpstreamWire wire = Wires.of(provider.kind());
    return request(provider, wire)
        .send()
        .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(response -> models(wire, response));
  }

  private HttpRequest<Buffer> request(ProviderConfig provider, UpstreamWire wire) {
    RequestOptions options =
        new RequestOptions()
            .setAbsoluteURI(provider.baseUrl() + wire.modelsPath())
            .setMethod(HttpMethod.GET);
    if (provider.caCertificate() != null) {
      options.setSslOptions(
          new ClientSSLOptions()
              .setHostnameVerificationAlgorithm("HTTPS")
              .setTrustOptions(new PemTrustOptions().addCertPath(provider.caCertificate())));
    }
    MultiMap headers = HttpHeaders.headers();
    for (UpstreamRequest.Header header : wire.headers(Wires.dialect(provider.dialect()))) {
      headers.set(header.name(), header.value());
    }
    Authorization.headers(provider).forEach(headers::set);
    return client.request(options.setHeaders(headers));
  }

  private static Future<List<Model>> models(UpstreamWire wire, HttpResponse<Buffer> response) {
    if (NO_LIST.contains(response.statusCode())) {
      return Future.succeededFuture(List.of());
    }
    if (response.statusCode() != OK || response.body() == null) {
      return Future.failedFuture("no list of models, but status " + response.statusCode());
    }
    return Future.succeededFuture(wire.models(response.body().getBytes()));
  }

  void close() {
    client.close();
  }
}
