package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.TestCertificates;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {
  private static TestGateway loopback;
  private static TestGateway named;

  @BeforeAll
  static void start() throws Exception {
    loopback =
        TestGateway.start("http: {port: 0}\nmanagement: {port: 0}\nmetrics: {enabled: true}");
    named = TestGateway.start("http: {port: 0, hosts: [chat.example, '*.team.example']}");
  }

  @AfterAll
  static void stop() throws Exception {
    loopback.close();
    named.close();
  }

  private static Asking.Answer ask(int port, String path, String host) throws IOException {
    try (var client = RawClient.connect(port)) {
      client.send("GET " + path + " HTTP/1.1\r\nhost: " + host + "\r\n\r\n");
      return Asking.answer(client);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]", "[::1]:80", "localhost."})
  void loopbackNamesAreAnsweredByDefault(String host) throws IOException {
    assertThat(ask(loopback.port(), "/api/health", host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "evil.example:80",
        "2130706433"
      })
  void foreignHostIsMisdirectedOnEveryPath(String host) throws IOException {
    for (String path : List.of("/", "/api/models", "/api/health", "/health/live", "/nothing")) {
      var answer = ask(loopback.port(), path, host);
      assertThat(answer.status()).as(path).isEqualTo(421);
      assertThat(answer.json().getString("code")).isEqualTo("misdirected_request");
      assertThat(answer.json().getString("message")).contains("http.hosts");
    }
  }

  @Test
  void foreignHostIsMisdirectedOnTheOperatorsPort() throws IOException {
    assertThat(ask(loopback.managementPort(), "/health", "evil.example").status()).isEqualTo(421);
    assertThat(ask(loopback.managementPort(), "/metrics", "evil.example").status()).isEqualTo(421);
    assertThat(ask(loopback.managementPort(), "/metrics", "localhost").status()).isEqualTo(200);
  }

  @Test
  void configuredNamesReplaceTheDefaults() throws IOException {
    assertThat(ask(named.port(), "/api/health", "chat.example:444").status()).isEqualTo(200);
    assertThat(ask(named.port(), "/api/health", "a.team.example").status()).isEqualTo(200);
    assertThat(ask(named.port(), "/api/health", "a.b.team.example").status()).isEqualTo(421);
    assertThat(ask(named.port(), "/api/health", "team.example").status()).isEqualTo(421);
    assertThat(ask(named.port(), "/api/health", "localhost").status()).isEqualTo(421);
  }

  @Test
  void addressOfTheConnectionIsAlwaysAnOwnName() throws IOException {
    assertThat(ask(named.port(), "/api/health", "127.0.0.1").status()).isEqualTo(200);
  }

  @Test
  void requestWithoutHostOverHttp10IsAnswered() throws IOException {
    try (var client = RawClient.connect(loopback.port())) {
      assertThat(Asking.answer(client.send("GET /health/live HTTP/1.0\r\n\r\n")).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, anything.example, true",
    "192.0.2.7, anything.example, true",
    "localhost, localhost, true",
    "::1, evil.example, false"
  })
  void defaultsFollowTheAddressThatIsListenedOn(String listens, String host, boolean own) {
    assertThat(Hosts.listeningOn(listens).allow(HostAndPort.authority(host, 80), "192.0.2.1"))
        .isEqualTo(own);
  }

  @Test
  void namesOfTheCertificateAreRead() throws IOException {
    byte[] pem = java.nio.file.Files.readAllBytes(TestCertificates.localhost().certificateFile());
    assertThat(CertificateNames.of(pem)).contains("localhost");
    assertThat(CertificateNames.of(new byte[0])).isEmpty();
  }
}
