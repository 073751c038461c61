package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.SseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with little heap, or few file descriptors, that clients try to use up. */
class StarvedProcessTest {
  private static final int MIB = 1 << 20;
  private static final String COUNT =
      "{\"message\":\"hello\",\"model\":\"demo-count?first_token_ms=0&jitter=0&tokens=%d&tokens_per_second=20\"}";

  private static final String JSON =
      "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
  private static final String CHUNKED = JSON + "transfer-encoding: chunked\r\n\r\n";

  @TempDir Path folder;
  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void leave() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }

  private String settings(String more) throws IOException {
    Path file = folder.resolve("sluice.yaml");
    Files.writeString(
        file,
        "local_servers: {discover: false}\n"
            + "limits: {per_minute: 100000, per_hour: 100000, per_day: 100000}\n"
            + "http: {port: 0, drain: 0s"
            + more
            + "}\n");
    return file.toString();
  }

  private RawClient connect(int port) throws IOException {
    RawClient client = RawClient.connect(port);
    clients.add(client);
    return client;
  }

  private static String stalled() {
    return JSON + "content-length: " + MIB + "\r\n\r\n" + " ".repeat(MIB - 100);
  }

  @Test
  void twoHundredStalledBodiesEndNeitherTheHeapNorRunningStreams() throws Exception {
    try (var gateway =
        GatewayProcess.start(
            List.of("-Xmx192m", "-XX:+ExitOnOutOfMemoryError"), "--config", settings(""))) {
      int port = gateway.port();
      List<SseReader> streams = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        RawClient client = connect(port).post("/api/chat/stream", COUNT.formatted(200));
        assertThat(client.readHead().status()).isEqualTo(200);
        streams.add(client.events());
      }
      for (int i = 0; i < 200; i++) {
        try {
          connect(port).send(stalled());
        } catch (IOException closed) {
          // It was told that there is no room, and did not read it.
        }
      }
      RawClient healthy = connect(port).post("/api/chat", COUNT.formatted(3));
      assertThat(healthy.readHead().status()).isEqualTo(200);
      for (SseReader stream : streams) {
        var events = stream.rest();
        assertThat(events.get(events.size() - 1).data()).contains("\"type\":\"done\"");
      }
      assertThat(gateway.output()).doesNotContain("OutOfMemory").doesNotContain("\tat ");
    }
  }

  @Test
  void fourHundredIdleConnectionsLeaveDescriptorsForHealthAndChats() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: there is no /bin/sh");
    try (var gateway = GatewayProcess.startWithDescriptors(256, "--config", settings(""))) {
      int port = gateway.port();
      for (int i = 0; i < 400; i++) {
        connect(port);
      }
      assertThat(connect(port).get("/health/ready").readHead().status()).isEqualTo(200);
      RawClient chat = connect(port).post("/api/chat", COUNT.formatted(3));
      assertThat(chat.readHead().status()).isEqualTo(200);
      gateway.awaitLine("connections is reached");
      assertThat(gateway.output().lines().filter(line -> line.contains("is reached"))).hasSize(1);
      assertThat(gateway.output()).doesNotContain("Too many open files").doesNotContain("\tat ");
    }
  }

  @Test
  void faultsOfClientsWriteNoStackTrace() throws Exception {
    try (var gateway = GatewayProcess.start("--config", settings(""))) {
      int port = gateway.port();
      String[] faults = {
        "CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET foo HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        CHUNKED + "zz\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(300),
      };
      for (String fault : faults) {
        connect(port).send(fault).readSome(1);
        connect(port).send(fault).reset();
      }
      assertThat(connect(port).get("/health/live").readHead().status()).isEqualTo(200);
      assertThat(gateway.output()).doesNotContain("\tat ").doesNotContain("ERROR");
    }
  }
}
