package dev.sluice.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ControlFramesTest {
  private static final Vertx vertx = Vertx.vertx();
  private static TestGateway gateway;

  /** Held, since Vert.x closes a client that nobody holds any more. */
  private static HttpClientAgent client;

  @BeforeAll
  static void start() throws Exception {
    var certificate = TestCertificates.localhost();
    gateway =
        TestGateway.start(
            "http: {port: 0, tls: {certificate: '%s', key: '%s'}}\nmanagement: {port: 0}\nmetrics: {enabled: true}"
                .formatted(certificate.certificateFile(), certificate.keyFile()));
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(10, SECONDS);
    gateway.close();
  }

  private static HttpConnection connect() throws Exception {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(
                    new PemTrustOptions()
                        .addCertPath(TestCertificates.authority().certificateFile().toString())));
    var request =
        client
            .request(HttpMethod.GET, gateway.port(), "localhost", "/api/health")
            .await(10, SECONDS);
    assertThat(request.send().await(10, SECONDS).statusCode()).isEqualTo(200);
    return request.connection();
  }

  private static void isCalmed(IntConsumer frame, HttpConnection connection) throws Exception {
    double before = counted();
    var closed = new AtomicBoolean();
    connection.closeHandler(gone -> closed.set(true));
    for (int i = 0; i < 2_000; i++) {
      frame.accept(i);
    }
    Waiting.until("the connection is closed", closed::get);
    assertThat(counted()).isGreaterThan(before);
  }

  private static double counted() throws Exception {
    return Asking.get(gateway.managementPort(), "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("sluice_client_faults_total{kind=\"frames\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void floodOfPingsEndsTheConnection() throws Exception {
    HttpConnection connection = connect();
    isCalmed(i -> connection.ping(Buffer.buffer().appendLong(i)), connection);
  }

  @Test
  void floodOfSettingsEndsTheConnection() throws Exception {
    HttpConnection connection = connect();
    isCalmed(
        i ->
            connection.updateSettings(
                new Http2Settings().setMaxConcurrentStreams(i % 2 == 0 ? 50 : 60)),
        connection);
  }

  @Test
  void connectionWithAFewPingsGoesOn() throws Exception {
    HttpConnection connection = connect();
    double before = counted();
    var closed = new AtomicBoolean();
    connection.closeHandler(gone -> closed.set(true));
    for (int i = 0; i < 20; i++) {
      connection.ping(Buffer.buffer().appendLong(i));
    }
    var request =
        client
            .request(HttpMethod.GET, gateway.port(), "localhost", "/api/health")
            .await(10, SECONDS);
    assertThat(request.connection()).isSameAs(connection);
    assertThat(request.send().await(10, SECONDS).statusCode()).isEqualTo(200);
    assertThat(closed).isFalse();
    assertThat(counted()).isEqualTo(before);
  }
}
