package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private @TempDir Path folder;

  private String run(int expected, String... args) throws Exception {
    try (GatewayProcess process = GatewayProcess.start(args)) {
      assertThat(process.exitCode()).as(process.output()).isEqualTo(expected);
      return process.output();
    }
  }

  private String file(String yaml) throws Exception {
    Path file = folder.resolve("settings.yaml");
    Files.writeString(file, yaml);
    return file.toString();
  }

  @Test
  void checkFindsEveryMistakeAtOnceAndStartsNothing() throws Exception {
    assertThat(run(0, "--check", "--config", file("http: {port: 1}")))
        .contains("The settings are good.")
        .doesNotContain("listens");
    String wrong =
        """
        http: {port: 70000, hots: a}
        limits: {per_minute: none, redis: {url: "http://:hush@r"}}
        keys: {required: true}
        providers: {house: {base_url: ftp://x}}
        """;
    String said = run(78, "--check", "--config", file(wrong));
    assertThat(said)
        .contains("settings.yaml", "http.port", "http.hots", "limits.per_minute")
        .contains("limits.redis.url", "keys.required", "providers.house.kind", "line 1", "line 4")
        .doesNotContain("hush", "listens");
    assertThat(said.lines().count()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void whatHoldsIsPrintedWithoutItsSecrets() throws Exception {
    String yaml =
        """
        http: {port: 4711, secret_key: hush-1}
        limits: {redis: {url: "redis://:hush-2@127.0.0.1:1"}}
        providers: {openai: {api_key: hush-3}}
        """;
    String said = run(0, "--print-config", "--config", file(yaml));
    assertThat(said)
        .contains("  port: 4711", "secret_key: ***", "per_minute: 10", "drain: 30s")
        .doesNotContain("hush");
  }

  @Test
  void anArgumentWithoutItsValueIsAMistake() throws Exception {
    assertThat(run(64, "--config")).contains("--config needs a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void whatIsAskedIsAnsweredAndNothingIsStarted(String question) throws Exception {
    assertThat(run(0, question)).containsIgnoringCase("sluice").doesNotContain("listens");
  }

  @Test
  void aNewKeyIsAnotherEachTime() throws Exception {
    String first = run(0, "--new-key");
    assertThat(first).containsPattern("key: +sl_[A-Za-z0-9_-]{43}").containsPattern("[0-9a-f]{64}");
    assertThat(run(0, "--new-key")).isNotEqualTo(first);
  }
}
