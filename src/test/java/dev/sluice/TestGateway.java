package dev.sluice;

import dev.sluice.config.Config;
import dev.sluice.config.ConfigReader;
import dev.sluice.http.PageFiles;
import dev.sluice.http.connection.ConnectionGate;
import dev.sluice.http.connection.GatedTransport;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A whole gateway in this process, on a port of its own. */
public final class TestGateway implements AutoCloseable {
  private final Gateway gateway;

  private TestGateway(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Starts a gateway with these settings, which are those of {@code sluice.yaml}. Unless they say
   * otherwise it listens on any free port of the loopback, does not look for local servers, and has
   * limits that no test reaches.
   */
  public static TestGateway start(String yaml) throws Exception {
    return start(yaml, Map.of());
  }

  /** Whether a section of that name is written; a URL is none. */
  private static boolean has(String yaml, String section) {
    return Pattern.compile("(?m)^" + section + ":").matcher(yaml).find();
  }

  /** The same with an environment. */
  public static TestGateway start(String yaml, Map<String, String> environment) throws Exception {
    String settings =
        has(yaml, "local_servers") ? yaml : yaml + "\nlocal_servers: {discover: false}\n";
    if (!has(settings, "http")) {
      settings += "\nhttp: {port: 0}\n";
    }
    if (!has(settings, "limits")) {
      settings += "\nlimits: {per_minute: 10000000, per_hour: 10000000, per_day: 10000000}\n";
    }
    Config config = ConfigReader.read("test.yaml", settings, environment);
    return start(config, PageFiles.load(config.http().offline()));
  }

  /** Starts a gateway with another page. */
  public static TestGateway start(Config config, PageFiles page) throws TimeoutException {
    ConnectionGate gate = new ConnectionGate();
    Vertx vertx = Vertx.builder().withTransport(new GatedTransport(gate)).build();
    return new TestGateway(Gateway.start(config, vertx, gate, "test", page));
  }

  public int port() {
    return gateway.port();
  }

  /** The port for operators. */
  public int managementPort() {
    return gateway.managementPort();
  }

  /** The port that leads to HTTPS. */
  public int redirectPort() {
    return gateway.redirectPort();
  }

  @Override
  public void close() throws TimeoutException {
    gateway.close();
  }
}
