package dev.sluice.http;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.CatalogQuestion;
import dev.sluice.bus.Inbox;
import dev.sluice.bus.Patience;
import dev.sluice.chat.Catalog;
import dev.sluice.chat.Failure;
import dev.sluice.config.Config;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.TlsConfig;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.http.connection.Connections;
import dev.sluice.telemetry.ClientFaults;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server on one event loop; all instances share one port. */
public final class HttpVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(HttpVerticle.class);
  private static final Duration LAST_BYTES = Duration.ofSeconds(1);
  private static final long DRAIN_CHECK_MILLIS = 50;

  /** The kernel's own idea is megabytes for each client that does not read. */
  private static final int SEND_BUFFER = 128 * 1024;

  private final Config config;
  private final int loop;
  private final int loops;
  private final ConnectionGate gate;
  private final Patience patience;
  private final PageFiles page;
  private final String version;
  private final Telemetry telemetry;
  private @Nullable Serving serving;
  private @Nullable Edition current;

  /** What there is while the verticle is up. */
  private record Serving(
      HttpServer server,
      Inbox inbox,
      RequestBody bodies,
      ChatHandler chat,
      HealthHandler health,
      Connections connections,
      MessageConsumer<Catalog> news,
      MessageConsumer<Config> settings) {}

  /**
   * @param gate what bounds the connections of the process
   * @param loop the number of the event loop that this instance is deployed on
   * @param loops how many event loops serve
   */
  public HttpVerticle(
      Config config,
      ConnectionGate gate,
      int loop,
      int loops,
      Patience patience,
      PageFiles page,
      String version,
      Telemetry telemetry) {
    this.telemetry = telemetry;
    this.config = config;
    this.gate = gate;
    this.loop = loop;
    this.loops = loops;
    this.patience = patience;
    this.page = page;
    this.version = version;
  }

  @Override
  public Future<?> start() {
    current = Edition.first(vertx, config, telemetry.meters());
    return Hosts.load(vertx, config.http())
        .compose(
            hosts ->
                Bus.<Catalog>ask(vertx, Addresses.CATALOG_NOW, new CatalogQuestion())
                    .compose(catalog -> serve(catalog, hosts)));
  }

  /** The port that is listened on; for whoever asked for port 0. */
  public int port() {
    return serving == null ? 0 : serving.server().actualPort();
  }

  private Future<?> serve(Catalog catalog, Hosts hosts) {
    HttpConfig http = config.http();
    ClientFaults faults = telemetry.meters().faults();
    ModelDirectory directory = new ModelDirectory(config.chat(), catalog);
    Inbox inbox = new Inbox(vertx, loop, patience);
    RequestBody bodies =
        new RequestBody(
            vertx,
            http.maxBodyBytes(),
            http.bodyDeadline(),
            BodyBudget.ofLoop(http.bodyMemoryBytes(), loops),
            faults);
    ChatHandler chat = new ChatHandler(loop, bodies, directory, this::edition, inbox, telemetry);
    HealthHandler health =
        new HealthHandler(vertx, version, exchange -> edition().authenticator().admitted(exchange));
    Connections connections = new Connections(vertx, http.idleTimeout(), gate, faults);
    HttpsOnly httpsOnly = new HttpsOnly(http);
    ClientSide clients = new ClientSide(http);
    OwnNames names = new OwnNames(hosts, clients, faults);
    CrossOrigin origins = new CrossOrigin(http.corsOrigins(), clients, faults);
    Routes routes =
        new Routes(connections, faults)
            .demand(List.of(names::admit, httpsOnly::admits, origins::admit))
            .on(HttpMethod.POST, "/api/chat/stream", chat::streamed)
            .on(HttpMethod.POST, "/api/chat", chat::whole)
            .on(HttpMethod.GET, "/api/models", new ModelsHandler(directory, this::edition)::handle)
            .on(HttpMethod.GET, "/api/csrf-token", new CsrfHandler()::handle)
            .on(HttpMethod.GET, "/api/health", health::handle)
            .on(HttpMethod.GET, "/health/live", health::live)
            .on(HttpMethod.GET, "/health/ready", health::ready)
            .on(HttpMethod.GET, "/api/rate-limit", new RateLimitHandler(this::edition)::handle)
            .otherwise(new PageHandler(page)::handle);
    SessionHandler session = new SessionHandler(bodies, this::edition, httpsOnly);
    routes
        .on(HttpMethod.POST, "/api/session", session::begin)
        .on(HttpMethod.DELETE, "/api/session", session::end);
    if (config.metrics().enabled() && config.management().port() == null) {
      routes.on(HttpMethod.GET, "/metrics", new MetricsHandler(telemetry.meters())::handle);
    }
    HttpServer server = server(routes, connections);
    MessageConsumer<Catalog> news =
        vertx
            .eventBus()
            .<Catalog>localConsumer(Addresses.CATALOG)
            .handler(message -> directory.update(message.body()));
    MessageConsumer<Config> settings =
        vertx
            .eventBus()
            .<Config>localConsumer(Addresses.SETTINGS)
            .handler(message -> change(directory, message.body()));
    MessageConsumer<Certificate> certificates =
        vertx
            .eventBus()
            .<Certificate>localConsumer(Addresses.CERTIFICATE)
            .handler(message -> show(server, names, message.body()));
    serving = new Serving(server, inbox, bodies, chat, health, connections, news, settings);
    return Future.all(
        news.completion(),
        settings.completion(),
        certificates.completion(),
        server.listen(address()));
  }

  /** Connections that are open stay as they are. */
  private void show(HttpServer server, OwnNames names, Certificate certificate) {
    server
        .updateSSLOptions(certificate.options())
        .onSuccess(
            shown ->
                names.change(
                    Hosts.of(config.http(), CertificateNames.of(certificate.chain().getBytes()))))
        .onFailure(
            cause -> {
              telemetry.meters().reload("certificate").failed("TLS cannot be set up with it");
              log.error("The new certificate is not taken: {}", cause.getMessage());
            });
  }

  private Edition edition() {
    return Objects.requireNonNull(current);
  }

  private void change(ModelDirectory directory, Config latest) {
    current = edition().next(vertx, latest);
    directory.update(latest.chat());
  }

  private HttpServer server(Routes routes, Connections connections) {
    return GuardedServer.of(vertx, options(), routes, connections, telemetry.meters().faults());
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        GuardedServer.options().setSendBufferSize(SEND_BUFFER).setTcpNoDelay(true);
    TlsConfig tls = config.http().tls();
    if (tls != null) {
      Certificate.require(options, tls.certificate(), tls.key());
    }
    return options;
  }

  /** Where to listen; a free port is one that all instances share. */
  private SocketAddress address() {
    HttpConfig http = config.http();
    return http.port() == 0
        ? SocketAddress.sharedRandomPort(1, http.host())
        : SocketAddress.inetSocketAddress(http.port(), http.host());
  }

  /**
   * Begins no chat from now on, and refuses with {@code server_shutdown} those that arrive. Takes
   * connections out of use. Must be called on this verticle's event loop.
   *
   * @return completes when no request is under way, or when {@code http.drain} is over
   */
  public Future<Void> drain() {
    if (serving == null) {
      return Future.succeededFuture();
    }
    refuseChats(serving);
    return quiet(serving, config.http().drain());
  }

  private static void refuseChats(Serving last) {
    last.chat().drain();
    last.health().drain();
    last.connections().drain();
  }

  /**
   * Ends the answers that remain by a terminal event of their own, refuses the requests that are
   * not answered yet, and closes the server after the last bytes. {@link #drain} goes first.
   */
  @Override
  public Future<?> stop() {
    if (serving == null) {
      return Future.succeededFuture();
    }
    Serving last = serving;
    refuseChats(last);
    last.inbox().abort(Failure.SHUTTING_DOWN);
    last.bodies().abort(Failure.SHUTTING_DOWN);
    return quiet(last, LAST_BYTES)
        .compose(ignored -> last.inbox().close(Failure.SHUTTING_DOWN))
        .eventually(() -> last.server().shutdown(LAST_BYTES))
        .eventually(() -> last.news().unregister())
        .eventually(() -> last.settings().unregister())
        .onComplete(ignored -> edition().close())
        .onComplete(ignored -> last.connections().close());
  }

  /** Completes when no request is under way, or after {@code limit}. */
  private Future<Void> quiet(Serving last, Duration limit) {
    Promise<Void> quiet = Promise.promise();
    long deadline = System.nanoTime() + limit.toNanos();
    vertx.setPeriodic(
        0,
        DRAIN_CHECK_MILLIS,
        timer -> {
          boolean idle = last.inbox().size() == 0 && last.connections().requests() == 0;
          if (idle || System.nanoTime() - deadline > 0) {
            vertx.cancelTimer(timer);
            quiet.tryComplete();
          }
        });
    return quiet.future();
  }
}
