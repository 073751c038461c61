package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.identity.NewApiKey;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logged content cannot forge a line of the log, whichever format it has. */
class LogLinesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String EVIL =
      "before\n00:00:00.000 INFO  forged a=b\r\u001b[31mred\u009b31m\u2028next\u2029last"
          + "\u202eright\u2066isolate\u0000\u0007\u0085\u200f\ufeff end=done \"quoted\"";

  private @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void contentStaysWithinItsLine(String format) throws Exception {
    Path log = folder.resolve("sluice.log");
    Path settings = folder.resolve("sluice.yaml");
    NewApiKey key = NewApiKey.generate(new SecureRandom());
    Files.writeString(
        settings,
        """
        http: {port: 0}
        local_servers: {discover: false}
        log: {format: %s, file: '%s'}
        keys: {clients: {alice: {hash: %s, log_content: true}}}
        """
            .formatted(format, log, key.hash()));
    try (var process = GatewayProcess.start("--config", settings.toString())) {
      Waiting.until("it listens", PATIENCE, () -> text(log).contains("listens on"));
      int port = Integer.parseInt(text(log).replaceAll("(?s).*localhost:(\\d+).*", "$1"));
      try (var client = RawClient.connect(port)) {
        client.post(
            "/api/chat",
            new JsonObject()
                .put("message", EVIL + "x".repeat(4_000))
                .put("model", "demo-count?first_token_ms=0&jitter=0&tokens=1")
                .encode(),
            "x-api-key: " + key.key().reveal());
        assertThat(client.readHead().status()).isEqualTo(200);
        client.readBody();
      }
      Waiting.until("the content", PATIENCE, () -> text(log).contains("forged"));
      process.terminate();
      assertThat(process.exitCode()).isEqualTo(143);
    }
    List<String> lines = List.of(text(log).split("\n"));
    String line = lines.stream().filter(l -> l.contains("forged")).findFirst().orElseThrow();
    assertThat(line).contains("before", "answer").doesNotStartWith("00:00:00.000");
    assertThat(text(log).replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    if (format.equals("text")) {
      assertThat(line).hasSizeLessThan(3_000).contains("\\n00:00:00.000", "\\u001b[31m", "\\u2028");
      assertThat(line).contains("question=\"before").contains("\\\"quoted\\\"");
    } else {
      assertThat(new JsonObject(line).getString("question")).startsWith(EVIL);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
