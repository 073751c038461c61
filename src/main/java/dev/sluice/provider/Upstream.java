package dev.sluice.provider;

import dev.sluice.config.ProviderConfig;
import dev.sluice.telemetry.UpstreamMeters;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UpstreamRequest;
import dev.sluice.wire.UpstreamWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An upstream as it is reached over HTTP: its connections, and what each request carries. */
final class Upstream {

  /** Below what servers keep idle connections for, so that few are found dead. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  /** After this a connection is given up, so that a change in DNS is followed. */
  private static final int MAX_LIFETIME_SECONDS = 300;

  private static final int HTTP2_STREAMS_PER_CONNECTION = 100;
  private static final int HTTP2_CONNECTIONS = 20;

  private final ProviderConfig config;
  private final UpstreamMeters meters;
  private final UpstreamWire wire;
  private final Dialect dialect;
  private final Map<String, String> authorization;
  private final boolean tls;
  private final HttpClient client;
  private final Set<HttpConnection> fresh = Collections.newSetFromMap(new WeakHashMap<>());

  /**
   * @param meters count its requests
   */
  Upstream(Vertx vertx, ProviderConfig config, UpstreamMeters meters) {
    this.meters = meters;
    this.config = config;
    this.wire = Wires.of(config.kind());
    this.dialect = Wires.dialect(config.dialect());
    this.authorization = Authorization.headers(config);
    this.tls = config.baseUrl().startsWith("https:");
    this.client =
        vertx
            .httpClientBuilder()
            .with(options())
            .with(pool())
            .withConnectHandler(this::opened)
            .build();
  }

  /** Closes when the answers under way are over, which have a deadline. */
  void retire() {
    client.shutdown(config.timeouts().total().toSeconds() + 1, TimeUnit.SECONDS);
  }

  private void opened(HttpConnection connection) {
    fresh.add(connection);
    // Its requests are told of it too; and what Vert.x would log may quote what the upstream sent.
    connection.exceptionHandler(ignored -> {});
  }

  private HttpClientOptions options() {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout((int) config.timeouts().connect().toMillis())
            .setSslHandshakeTimeout(config.timeouts().connect().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setHttp2MultiplexingLimit(HTTP2_STREAMS_PER_CONNECTION)
            .setMaxHeaderSize(32 * 1024)
            .setMaxChunkSize(64 * 1024)
            .setTcpNoDelay(true);
    if (tls) {
      options.setSsl(true).setUseAlpn(true).setProtocolVersion(HttpVersion.HTTP_2);
    }
    if (config.caCertificate() != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(config.caCertificate()));
    }
    return options;
  }

  private PoolOptions pool() {
    return new PoolOptions()
        .setHttp1MaxSize(config.pool().connections())
        .setHttp2MaxSize(HTTP2_CONNECTIONS)
        .setMaxWaitQueueSize(config.pool().waiting())
        .setMaxLifetime(MAX_LIFETIME_SECONDS)
        .setMaxLifetimeUnit(TimeUnit.SECONDS);
  }

  /** The provider's name. */
  String name() {
    return config.name();
  }

  UpstreamWire wire() {
    return wire;
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * A request that is ready to send its body, on a connection that is open.
   *
   * @param traceparent what it tells of the trace, or null
   */
  Future<HttpClientRequest> post(UpstreamRequest call, @Nullable String traceparent) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(config.baseUrl() + call.path())
            .setFollowRedirects(false)
            .setConnectTimeout(config.timeouts().connect().toMillis())
            .putHeader("content-type", "application/json")
            // A coding that breaks is swallowed in silence; an answer is better plain.
            .putHeader("accept-encoding", "identity");
    call.headers().forEach(header -> options.putHeader(header.name(), header.value()));
    authorization.forEach(options::putHeader);
    if (traceparent != null) {
      options.putHeader("traceparent", traceparent);
    }
    meters.began();
    return client.request(options).onComplete(ended -> meters.waited());
  }

  /**
   * Whether {@code connection} carried a request before this one, so that it may have died unseen.
   * Tells it once for each request.
   */
  boolean wasReused(HttpConnection connection) {
    return !fresh.remove(connection);
  }

  Future<Void> close() {
    return client.close();
  }
}
