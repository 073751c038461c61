package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.bus.RecordCodec;
import dev.sluice.config.Config;
import dev.sluice.config.TlsConfig;
import dev.sluice.health.HealthVerticle;
import dev.sluice.http.ManagementVerticle;
import dev.sluice.http.PageFiles;
import dev.sluice.http.RedirectVerticle;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.limiter.LimiterVerticle;
import dev.sluice.provider.DiscoveryVerticle;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running gateway: its verticles in order, up and down. */
final class Gateway implements AutoCloseable {
  private static final int UP_SECONDS = 30;
  private static final int CLOSE_SECONDS = 10;

  /** How many verticles all loops share. */
  private static final int SHARED = 3;

  private final Config config;
  private final Vertx vertx;
  private final Telemetry telemetry;
  private final List<LoopVerticle> loops = new ArrayList<>();
  private final Deque<String> up = new ArrayDeque<>();
  private @Nullable ManagementVerticle management;
  private @Nullable RedirectVerticle redirect;

  private Gateway(Config config, Vertx vertx, Telemetry telemetry) {
    this.telemetry = telemetry;
    this.config = config;
    this.vertx = vertx;
  }

  private static int loops(Config config) {
    int wanted = config.http().instances();
    return wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
  }

  /**
   * Starts a gateway and waits until it is ready to answer.
   *
   * @param vertx is closed with it
   * @param gate what its servers accept connections through
   * @throws TimeoutException if a part does not come up in time
   */
  static Gateway start(
      Config config, Vertx vertx, ConnectionGate gate, String version, PageFiles page)
      throws TimeoutException {
    Telemetry telemetry = Observed.by(config, version);
    gate.bound(config.http(), telemetry.meters().connections());
    Gateway gateway = new Gateway(config, vertx, telemetry);
    try {
      RecordCodec.register(vertx);
      gateway.deploy(new DiscoveryVerticle(config));
      gateway.deploy(new LimiterVerticle(config.allLimits(), telemetry.meters()));
      gateway.deploy(new HealthVerticle(telemetry.signs()));
      int loops = loops(config);
      for (int loop = 0; loop < loops; loop++) {
        LoopVerticle verticle =
            new LoopVerticle(config, gate, loop, loops, page, version, telemetry);
        gateway.deploy(verticle);
        gateway.loops.add(verticle);
      }
      gateway.deployDoors(gate, version);
      return gateway;
    } catch (TimeoutException | RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  /** What is open beside the port that all use. */
  private void deployDoors(ConnectionGate gate, String version) throws TimeoutException {
    TlsConfig tls = config.http().tls();
    if (tls != null) {
      vertx.deployVerticle(new CertificateWatch(tls)).await(UP_SECONDS, SECONDS);
    }
    if (tls != null && tls.redirectPort() != null) {
      redirect = new RedirectVerticle(config, tls, port(), gate, telemetry.meters().faults());
      vertx.deployVerticle(redirect).await(UP_SECONDS, SECONDS);
    }
    if (config.management().port() != null) {
      management = new ManagementVerticle(config, gate, version, telemetry);
      vertx.deployVerticle(management).await(UP_SECONDS, SECONDS);
    }
  }

  private void deploy(Deployable verticle) throws TimeoutException {
    up.push(vertx.deployVerticle(verticle, new DeploymentOptions()).await(UP_SECONDS, SECONDS));
  }

  /** The port for operators; 0 if there is none. */
  int managementPort() {
    return management == null ? 0 : management.port();
  }

  /** The port that leads to HTTPS; 0 if there is none. */
  int redirectPort() {
    return redirect == null ? 0 : redirect.port();
  }

  /** The port that is listened on. */
  int port() {
    return loops.get(0).port();
  }

  /** Stops in the reverse order: no new answer begins, those under way may end. */
  @Override
  public void close() throws TimeoutException {
    long drain = config.http().drain().toSeconds() + CLOSE_SECONDS;
    if (management != null) {
      management.drain();
    }
    List<Future<Void>> down = new ArrayList<>();
    while (up.size() > SHARED) {
      down.add(vertx.undeploy(up.pop()));
    }
    Future.join(down).await(drain, SECONDS);
    while (!up.isEmpty()) {
      vertx.undeploy(up.pop()).await(CLOSE_SECONDS, SECONDS);
    }
    vertx.close().await(CLOSE_SECONDS, SECONDS);
    telemetry.close();
  }
}
