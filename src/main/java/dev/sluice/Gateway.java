package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.RecordCodec;
import dev.sluice.bus.Reload;
import dev.sluice.config.Config;
import dev.sluice.config.TlsConfig;
import dev.sluice.health.HealthVerticle;
import dev.sluice.http.ManagementVerticle;
import dev.sluice.http.PageFiles;
import dev.sluice.http.RedirectVerticle;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.limiter.LimiterVerticle;
import dev.sluice.provider.DiscoveryVerticle;
import dev.sluice.telemetry.ReloadStatus;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. It starts its verticles so that each finds what it asks for, and stops them by
 * role: first those that watch files, then HTTP and with it the providers of each loop, then what
 * the loops share, last the ports for operators.
 */
final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final int UP_SECONDS = 30;
  private static final int CLOSE_SECONDS = 10;

  private final Config config;
  private final Vertx vertx;
  private final Telemetry telemetry;
  private final List<LoopVerticle> loops = new ArrayList<>();
  private final Map<Role, Deque<String>> deployed = new EnumMap<>(Role.class);
  private final AtomicBoolean closing = new AtomicBoolean();
  private @Nullable ManagementVerticle management;
  private @Nullable RedirectVerticle redirect;

  /** The roles in the order in which they stop. */
  private enum Role {
    WATCH,
    LOOP,
    SHARED,
    OPERATORS
  }

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
      gateway.deploy(Role.SHARED, new DiscoveryVerticle(config, telemetry.signs()));
      gateway.deploy(Role.SHARED, new LimiterVerticle(config.allLimits(), telemetry.meters()));
      gateway.deploy(Role.SHARED, new HealthVerticle(telemetry, gate::degraded));
      int loops = loops(config);
      for (int loop = 0; loop < loops; loop++) {
        LoopVerticle verticle =
            new LoopVerticle(config, gate, loop, loops, page, version, telemetry);
        gateway.deploy(Role.LOOP, verticle);
        gateway.loops.add(verticle);
      }
      gateway.deployDoors(gate, version);
      return gateway;
    } catch (TimeoutException | RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  /** Opens the ports beside the one that all loops share. */
  private void deployDoors(ConnectionGate gate, String version) throws TimeoutException {
    TlsConfig tls = config.http().tls();
    if (tls != null) {
      deploy(Role.WATCH, new CertificateWatch(tls, telemetry.meters()));
    }
    if (tls != null && tls.redirectPort() != null) {
      redirect = new RedirectVerticle(config, tls, port(), gate, telemetry.meters().faults());
      deploy(Role.OPERATORS, redirect);
    }
    if (config.management().port() != null) {
      management = new ManagementVerticle(config, gate, version, telemetry);
      deploy(Role.OPERATORS, management);
    }
  }

  /**
   * Follows changes of the settings file.
   *
   * @param exists whether the gateway started with it; else it may come later
   */
  void watch(Path file, boolean exists, Map<String, String> environment) throws TimeoutException {
    ReloadStatus status = telemetry.meters().reload("settings");
    deploy(Role.WATCH, new ConfigWatch(file, exists, environment, config, status));
  }

  /** Reads the settings and the certificate again, also if their files have not changed. */
  void reload() {
    log.info("Sluice reads its settings and its certificate again");
    Bus.publish(vertx, Addresses.RELOAD, new Reload());
  }

  private void deploy(Role role, Deployable verticle) throws TimeoutException {
    String id = vertx.deployVerticle(verticle, new DeploymentOptions()).await(UP_SECONDS, SECONDS);
    deployed.computeIfAbsent(role, first -> new ArrayDeque<>()).push(id);
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

  /**
   * Drains and stops: no chat begins any more, answers under way may go on for {@code http.drain}.
   * Only the first call does anything.
   *
   * @throws TimeoutException if a part did not stop in time; all others have stopped
   */
  @Override
  public void close() throws TimeoutException {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    boolean done = undeploy(Role.WATCH);
    if (management != null) {
      management.drain();
    }
    Future<?> drained = Future.join(loops.stream().map(LoopVerticle::drain).toList());
    done &= ends(drained, config.http().drain().toSeconds() + CLOSE_SECONDS);
    for (Role role : List.of(Role.LOOP, Role.SHARED, Role.OPERATORS)) {
      done &= undeploy(role);
    }
    done &= ends(vertx.close(), CLOSE_SECONDS);
    telemetry.close();
    if (!done) {
      throw new TimeoutException("a part of the gateway did not stop");
    }
  }

  private boolean undeploy(Role role) {
    List<Future<Void>> down =
        deployed.getOrDefault(role, new ArrayDeque<>()).stream().map(vertx::undeploy).toList();
    return ends(Future.join(down), CLOSE_SECONDS);
  }

  private static boolean ends(Future<?> end, long seconds) {
    try {
      end.otherwiseEmpty().await(seconds, SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
