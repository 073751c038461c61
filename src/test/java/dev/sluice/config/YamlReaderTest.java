package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    assertThat(Yamls.problems("http:\n  port: 1\n  host: a\n  port: 2\nhttp: ~\n", Map.of()))
        .containsExactly(
            new Problem("http.port", 4, "stands twice, first in line 2"),
            new Problem("http", 5, "stands twice, first in line 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "a: [",
        "http:\n\tport: 1",
        "a: {b: 1",
        "\"a",
        "a: 1\n---\nb: 2",
        "a: *b",
        "a: @b",
        "\u0001",
      })
  void whatIsNoYamlIsOneProblem(String text) {
    assertThat(Yamls.problems(text, Map.of())).hasSize(1);
    assertThat(Yamls.problems(text, Map.of()).get(0).message()).startsWith("is not YAML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n"})
  void anEmptyFileWasHardlyMeant(String text) {
    assertThat(Yamls.problems(text, Map.of())).containsExactly(new Problem("", 0, "is empty"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"# only a comment", "---\n", "~", "{}", "\uFEFF# after a mark"})
  void aFileMaySayNothing(String text) {
    assertThat(Yamls.read(text)).isEqualTo(Config.defaults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a", "text", "[]"})
  void aFileMustHoldSettings(String text) {
    assertThat(Yamls.problems(text, Map.of()).get(0).message())
        .startsWith("must be a section of settings, not ");
  }

  @Test
  void anchorsServeRepetition() {
    Config config =
        Yamls.read(
            """
            providers:
              openai: {timeouts: &quick {total: 9s}}
              gemini: {timeouts: *quick}
            """);
    assertThat(config.providers().get("gemini").timeouts())
        .isEqualTo(config.providers().get("openai").timeouts());
  }

  @Test
  void anAnchorThatHoldsItselfIsRefused() {
    assertThat(Yamls.problems("http: &h\n  tls: *h\n", Map.of()))
        .contains(new Problem("http.tls", 2, "refers to a section that it is a part of"));
  }

  @Test
  void tagsAndStrangeKeysAreRefused() {
    assertThat(Yamls.problems("http:\n  host: !env HOME\n  ? [a]\n  : b\n", Map.of()))
        .extracting(Problem::path)
        .containsExactly("http.host", "http");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api_key: *hunter2",
        "api_key: &hunter2",
        "api_key: !hunter2",
        "api_key: !hunter2!x",
        "api_key: \"hunter2",
        "api_key: 'hunter2' x",
        "api_key: hunter2: x",
        "api_key: @hunter2",
        "api_key: %hunter2\n%hunter2 x",
        "api_key: [hunter2",
        "api_key: [hunter2]",
        "api_key: {hunter2: [}",
        "api_key: \"\\hunter2\"",
        "api_key: |hunter2",
        "api_key: hunter2 hunter2",
        "api_key: ${hunter2!}",
        "api_key: hunter2\u00e4",
        "base_url: https://hunter2@example.com",
        "base_url: https://h/?hunter2",
        "base_url: hunter2",
        "auth: hunter2",
        "kind: hunter2",
        "timeouts: hunter2",
        "timeouts: {total: hunter2}",
        "models: hunter2",
        "headers: {x: \"hunter2\\n\"}",
        "ca_certificate: hunter2",
        "pool: {waiting: hunter2}",
      })
  void aProblemQuotesNothing(String line) {
    String yaml = "providers:\n  openai:\n    " + line + "\n    oops: 1\n";
    assertThat(Yamls.problems(yaml, Map.of())).isNotEmpty();
    assertThat(Yamls.problems(yaml, Map.of()).toString()).doesNotContain("unter2");
  }

  @Test
  void aConfigPrintsNoSecret() {
    Config config =
        Yamls.read("providers: {openai: {api_key: hunter2, headers: {x-token: hunter2}}}");
    assertThat(config.providers().get("openai").apiKey().reveal()).isEqualTo("hunter2");
    assertThat(config.toString()).contains("***").doesNotContain("hunter2");
  }
}
