package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private final List<RawClient> clients = new ArrayList<>();
  private TestGateway gateway;

  private void start(String http) throws Exception {
    gateway =
        TestGateway.start(
            "http: {port: 0, " + http + "}\nmanagement: {port: 0}\nmetrics: {enabled: true}");
  }

  private RawClient connect() throws IOException {
    RawClient client = RawClient.connect(gateway.port());
    clients.add(client);
    return client;
  }

  /** A stream that goes on for the whole test, and has begun. */
  private RawClient stream() throws IOException {
    RawClient client = connect();
    client.post(Asking.STREAM, Asking.count(100_000, 20));
    assertThat(client.readHead().status()).isEqualTo(200);
    return client;
  }

  private static void goesOn(RawClient stream) throws IOException {
    var events = stream.events();
    for (int i = 0; i < 5; i++) {
      assertThat(events.next()).isNotNull();
    }
  }

  private double counted(String outcome) throws IOException {
    String text = Asking.get(gateway.managementPort(), "/metrics").body();
    return text.lines()
        .filter(line -> line.startsWith("sluice_connections_limited_total{outcome=\"" + outcome))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @AfterEach
  void stop() throws Exception {
    for (RawClient client : clients) {
      client.close();
    }
    gateway.close();
  }

  @Test
  void idleConnectionsMakeRoomAndRunningStreamsDoNot() throws Exception {
    start("connections: 48, connections_per_address: 1000, drain: 0s");
    RawClient stream = stream();
    for (int i = 0; i < 40; i++) {
      connect(); // sends nothing
      connect().send("POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-le");
      connect()
          .send(
              "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                  + "content-length: 100\r\n\r\n{");
    }
    assertThat(Asking.answer(connect().get("/health/ready")).status()).isEqualTo(200);
    assertThat(Asking.answer(connect().post(Asking.WHOLE, Asking.count(3, 1000))).status())
        .isEqualTo(200);
    goesOn(stream);
    assertThat(counted("made_room")).isGreaterThan(50);
    assertThat(counted("refused_total")).isZero();
  }

  @Test
  void withoutAnIdleConnectionHealthIsAnsweredAndAllElseRefused() throws Exception {
    start("connections: 8, connections_per_address: 1000, drain: 0s");
    List<RawClient> streams = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      streams.add(stream());
    }
    assertThat(Asking.answer(connect().get("/health/ready")).status()).isEqualTo(200);
    RawClient late = connect();
    var refused = Asking.answer(late.post(Asking.WHOLE, Asking.count(1, 1000)));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().getString("code")).isEqualTo("overloaded");
    assertThat(refused.head().header("retry-after")).isNotEmpty();
    late.awaitClosed();
    for (RawClient stream : streams) {
      goesOn(stream);
    }
    assertThat(counted("surplus")).isGreaterThanOrEqualTo(2);
    assertThat(Asking.get(gateway.managementPort(), "/health").status()).isEqualTo(200);
  }

  @Test
  void oneAddressCannotTakeMoreThanItsShare() throws Exception {
    start("connections: 100, connections_per_address: 4, drain: 0s");
    for (int i = 0; i < 4; i++) {
      stream();
    }
    connect().awaitClosed();
    assertThat(counted("refused_address")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void trustedProxyIsNotBoundByTheShareOfAnAddress() throws Exception {
    start("connections: 100, connections_per_address: 2, trusted_proxies: [127.0.0.1], drain: 0s");
    for (int i = 0; i < 6; i++) {
      stream();
    }
    assertThat(Asking.answer(connect().get("/health/live")).status()).isEqualTo(200);
  }

  @Test
  void openConnectionsAreCounted() throws Exception {
    start("connections: 50, drain: 0s");
    stream();
    stream();
    Waiting.until(
        "two connections",
        () -> {
          try {
            return Asking.get(gateway.managementPort(), "/metrics")
                .body()
                .contains("sluice_connections_open 2.0");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
