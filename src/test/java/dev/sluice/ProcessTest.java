package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.TestCertificates;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessTest {
  private static final String ALONE =
      "local_servers: {discover: false}\nlog: {level: info, format: text}\n";

  /** What the JVM exits with after SIGTERM once its hooks have run. */
  private static final int TERMINATED = 143;

  @TempDir private Path folder;

  private GatewayProcess start(String yaml) throws IOException {
    Path file = folder.resolve("sluice.yaml");
    Files.writeString(file, yaml);
    return GatewayProcess.start("--config", file.toString());
  }

  private static RawClient streaming(int port, int tokens) throws IOException {
    String model = "demo-count?first_token_ms=0&jitter=0&tokens_per_second=20&tokens=" + tokens;
    return RawClient.connect(port)
        .post(
            "/api/chat/stream",
            new JsonObject().put("message", "hello").put("model", model).encode());
  }

  @Test
  void aStreamThatEndsInTimeIsNotCutByTheEndOfTheProcess() throws Exception {
    try (var process = start(ALONE + "http: {port: 0, drain: 20s, instances: 1}\n");
        var late = RawClient.connect(process.port());
        var stream = streaming(process.port(), 30)) {
      stream.readHead();
      var events = stream.events();
      assertThat(events.next()).isNotNull();

      process.terminate();
      process.awaitLine("Sluice stops");
      // The line is written just before the drain begins.
      while (late.get("/api/health").readHead().status() == 200) {
        late.readBody();
      }
      assertThat(late.readBody().text()).contains("\"status\":\"draining\"");
      late.awaitClosed();

      var rest = events.rest();
      assertThat(events.wasCut()).isFalse();
      assertThat(rest.get(rest.size() - 1).data()).contains("\"type\":\"done\"");
      assertThat(process.exitCode()).isEqualTo(TERMINATED);
      assertThat(process.output()).contains("Sluice has stopped").doesNotContain("ERROR", "\tat ");
    }
  }

  @Test
  void aStreamThatOutlastsTheDrainIsToldWhyItEnds() throws Exception {
    try (var process = start(ALONE + "http: {port: 0, drain: 500ms}\n");
        var stream = streaming(process.port(), 10_000);
        var unanswered = RawClient.connect(process.port())) {
      stream.readHead();
      var events = stream.events();
      assertThat(events.next()).isNotNull();
      unanswered.post("/api/chat", "{\"message\":\"hello\",\"model\":\"demo-slow\"}");

      process.terminate();
      var rest = events.rest();
      assertThat(events.wasCut()).isFalse();
      var last = new JsonObject(rest.get(rest.size() - 1).data());
      assertThat(last.getString("type")).isEqualTo("error");
      assertThat(last.getString("code")).isEqualTo("server_shutdown");
      assertThat(unanswered.readHead().status()).isEqualTo(503);
      assertThat(process.exitCode()).isEqualTo(TERMINATED);
      assertThat(process.output()).contains("Sluice has stopped").doesNotContain("ERROR", "\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, TERM, 143", "INT, INT, 130", "TERM, INT, 130"})
  void secondSignalEndsTheProcessAtOnce(String first, String second, int status) throws Exception {
    Assumptions.assumeTrue(
        !(first + second).contains("INT") || GatewayProcess.heedsInterrupts(),
        "SKIPPED: SIGINT is ignored here, as a shell has it for what runs in the background");
    try (var process = start(ALONE + "http: {port: 0, drain: 10m}\n");
        var stream = streaming(process.port(), 100_000)) {
      stream.readHead();
      assertThat(stream.events().next()).isNotNull();
      process.signal(first);
      process.awaitLine("Sluice stops");
      process.signal(second);
      assertThat(process.exitCode()).isEqualTo(status);
      assertThat(process.output()).contains("ends at once").doesNotContain("Sluice has stopped");
    }
  }

  /** Each handshake costs the server more than the client: one is enough. */
  @Test
  void nobodyMayAskForHandshakeAfterHandshake() throws Exception {
    var shown = TestCertificates.localhost();
    String tls =
        "http: {port: 0, tls: {certificate: '%s', key: '%s'}}\n"
            .formatted(shown.certificateFile(), shown.keyFile());
    try (var process = start(ALONE + tls);
        var socket =
            (SSLSocket)
                TestCertificates.trustingContext()
                    .getSocketFactory()
                    .createSocket("localhost", process.port())) {
      socket.setSoTimeout((int) FakeUpstream.PATIENCE.toMillis());
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getOutputStream().write('G');
                if (socket.getInputStream().read() < 0) {
                  throw new EOFException("closed");
                }
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aPortThatIsTakenIsNamedInOneLine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var process = start(ALONE + "http: {port: " + taken.getLocalPort() + "}\n")) {
      assertThat(process.exitCode()).isEqualTo(69);
      assertThat(process.output().lines().toList()).hasSize(1);
      assertThat(process.output()).contains("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void allThatIsWrongWithTheSettingsIsToldAtOnce() throws Exception {
    try (var process = start("http: {port: many, drian: 1s}\nlog: {level: loud}\n")) {
      assertThat(process.exitCode()).isEqualTo(78);
      assertThat(process.output())
          .contains("http.port", "drian", "log.level")
          .doesNotContain("\tat ", "Exception");
    }
  }

  @Test
  void settingsThatAreNotThereAreMissed() throws Exception {
    try (var process = GatewayProcess.start("--config", folder.resolve("no.yaml").toString())) {
      assertThat(process.exitCode()).isEqualTo(78);
      assertThat(process.output()).contains("no.yaml").doesNotContain("\tat ", "Exception");
    }
  }

  @Test
  void argumentsAreUnderstoodOrRefused() throws Exception {
    for (List<String> wrong : List.of(List.of("--prot"), List.of("x"))) {
      try (var process = GatewayProcess.start(wrong.toArray(String[]::new))) {
        assertThat(process.exitCode()).isEqualTo(64);
        assertThat(process.output()).startsWith("Unknown argument: ").contains("--config FILE");
      }
    }
    for (String question : Stream.of("--version", "--help").toList()) {
      try (var process = GatewayProcess.start(question)) {
        assertThat(process.exitCode()).isZero();
        assertThat(process.output()).containsIgnoringCase("sluice");
      }
    }
  }
}
