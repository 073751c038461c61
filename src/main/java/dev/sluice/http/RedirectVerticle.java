package dev.sluice.http;

import dev.sluice.config.Config;
import dev.sluice.config.TlsConfig;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.http.connection.Connections;
import dev.sluice.telemetry.ClientFaults;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port without TLS, which answers everything by the same address over HTTPS. */
public final class RedirectVerticle extends VerticleBase {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Config config;
  private final int port;
  private final int httpsPort;
  private final ConnectionGate gate;
  private final ClientFaults faults;
  private @Nullable HttpServer server;
  private @Nullable Connections connections;

  /**
   * @param httpsPort where HTTPS is really listened on
   */
  public RedirectVerticle(
      Config config, TlsConfig tls, int httpsPort, ConnectionGate gate, ClientFaults faults) {
    this.gate = gate;
    this.faults = faults;
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
    Connections connections = new Connections(vertx, IDLE, gate, faults);
    this.connections = connections;
    return Hosts.load(vertx, config.http()).compose(hosts -> listen(hosts, connections));
  }

  private Future<?> listen(Hosts hosts, Connections connections) {
    OwnNames names = new OwnNames(hosts, new ClientSide(config.http()), faults);
    Routes routes =
        new Routes(connections, faults)
            .demand(List.of(names::admit))
            .everything(exchange -> HttpsOnly.redirect(exchange, httpsPort));
    return GuardedServer.of(vertx, GuardedServer.options(), routes, connections, faults)
        .listen(port, config.http().host())
        .onSuccess(listening -> server = listening);
  }

  @Override
  public Future<?> stop() {
    if (connections != null) {
      connections.close();
    }
    return Future.succeededFuture();
  }
}
