package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that goes to a file. */
class LogFileTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private @TempDir Path folder;

  private static void chat(int port) {
    String model = "demo-count?first_token_ms=0&jitter=0&tokens=1&tokens_per_second=9999";
    String question = new JsonObject().put("message", "hello").put("model", model).encode();
    try (var client = RawClient.connect(port)) {
      client.post("/api/chat", question);
      assertThat(client.readHead().status()).isEqualTo(200);
      client.readBody();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void aFileThatHasGrownIsPutAsideAndOnlyTheLatestAreKept() throws Exception {
    Path log = folder.resolve("sluice.log");
    Path settings = folder.resolve("sluice.yaml");
    Files.writeString(
        settings,
        """
        http: {port: 0}
        local_servers: {discover: false}
        limits: {per_minute: 10000, per_hour: 10000, per_day: 10000}
        log: {format: json, file: '%s', file_size: 1KiB, files: 2}
        """
            .formatted(log));
    try (var process = GatewayProcess.start("--config", settings.toString())) {
      Waiting.until("it listens", PATIENCE, () -> lines(log).toString().contains("listens on"));
      String first = lines(log).toString();
      int port = Integer.parseInt(first.replaceAll("(?s).*localhost:(\\d+).*", "$1"));
      Waiting.until(
          "two are put aside",
          PATIENCE,
          () -> {
            chat(port);
            return Files.exists(folder.resolve("sluice.log.2"));
          });
      String second = lines(folder.resolve("sluice.log.2")).toString();
      Waiting.until(
          "the first of them is gone",
          PATIENCE,
          () -> {
            chat(port);
            return !lines(folder.resolve("sluice.log.2")).toString().equals(second);
          });
      assertThat(folder.resolve("sluice.log.3")).doesNotExist();
      JsonObject line = new JsonObject(lines(folder.resolve("sluice.log.1")).get(0));
      assertThat(line.getString("message")).isEqualTo("chat");
      assertThat(line.getInteger("status")).isEqualTo(200);
      assertThat(line.getDouble("duration_ms")).isPositive();
      process.terminate();
      assertThat(process.exitCode()).isEqualTo(143);
      assertThat(process.output()).isEmpty();
    }
  }
}
