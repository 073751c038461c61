package dev.sluice.provider;

import dev.sluice.chat.Catalog;
import dev.sluice.config.ProviderConfig;
import dev.sluice.config.ProviderKind;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks upstreams which models they have. */
final class ModelLists {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int LIST_LIMIT = 8 * 1024 * 1024;

  /** The end of a base URL to which somebody added too much. */
  private static final String CHATS = "/chat/completions";

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
   * Asks {@code provider} for its models; never fails. A provider that does not connect within five
   * seconds, or does not answer within five more, is unreachable.
   */
  Future<Listing> fetch(ProviderConfig provider) {
    return ask(provider, provider.baseUrl())
        .compose(listing -> rightPlace(provider, listing))
        .recover(
            cause ->
                Future.succeededFuture(
                    Listing.of(Catalog.State.UNREACHABLE, ConnectionFailures.reason(cause))));
  }

  /** Looks for the list at the likely base URL if there is nothing at the one that is set. */
  private Future<Listing> rightPlace(ProviderConfig provider, Listing listing) {
    Optional<String> likely = likelyBaseUrl(provider);
    if (!listing.notFound() || likely.isEmpty()) {
      return Future.succeededFuture(listing);
    }
    String url = likely.get();
    return ask(provider, url)
        .map(
            other ->
                other.state() == Catalog.State.READY || other.state() == Catalog.State.UNAUTHORIZED
                    ? Listing.of(
                        Catalog.State.NOT_AN_API, "an API is at another one: set it to " + url)
                    : listing)
        .otherwise(listing);
  }

  /** The base URL that was probably meant, if this one is a common mistake. */
  private static Optional<String> likelyBaseUrl(ProviderConfig provider) {
    String url = provider.baseUrl();
    if (provider.kind().wire() != ProviderKind.Wire.OPENAI) {
      return Optional.empty();
    }
    if (url.endsWith(CHATS)) {
      return Optional.of(url.substring(0, url.length() - CHATS.length()));
    }
    return url.endsWith("/v1") ? Optional.empty() : Optional.of(url + "/v1");
  }

  private Future<Listing> ask(ProviderConfig provider, String baseUrl) {
    UpstreamWire wire = Wires.of(provider.kind());
    return client
        .request(options(provider, baseUrl + wire.modelsPath(), wire))
        .compose(request -> listing(request, wire));
  }

  private static RequestOptions options(ProviderConfig provider, String url, UpstreamWire wire) {
    MultiMap headers = HttpHeaders.headers().set("accept-encoding", "identity");
    for (UpstreamRequest.Header header : wire.headers(Wires.dialect(provider.dialect()))) {
      headers.set(header.name(), header.value());
    }
    Authorization.headers(provider).forEach(headers::set);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url)
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

  private static Future<Listing> listing(HttpClientRequest request, UpstreamWire wire) {
    return request
        .send()
        .compose(response -> listing(response, wire))
        .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(cause -> request.reset());
  }

  private static Future<Listing> listing(HttpClientResponse response, UpstreamWire wire) {
    Promise<Listing> listing = Promise.promise();
    response.exceptionHandler(listing::tryFail);
    WholeBody.read(
        response,
        LIST_LIMIT,
        body -> {
          if (body == null) {
            listing.tryFail("the list of models is too long");
          } else {
            listing.tryComplete(
                ListingReader.read(wire, response.statusCode(), response::getHeader, body));
          }
        });
    return listing.future();
  }

  void close() {
    client.close();
  }
}
