package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard and the alerts ask for is there, and all of it is what Prometheus reads. */
class MonitoringTest {
  private static final Path FILES = Path.of("deploy/monitoring");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:sluice|gen_ai|jvm|process|system)_[a-z_]+\\b(?=[\\[{)\\s]|$)");
  private static final Pattern LABELS = Pattern.compile("\\bby \\(([a-z_, ]+)\\)");

  private static String scrape(String names) throws Exception {
    String settings =
        """
        http: {port: 0}
        metrics: {enabled: true, gen_ai_names: %s}
        chat: {default_provider: priced}
        providers:
          priced: {kind: openai-compatible, base_url: 'http://127.0.0.1:1', api_key: k}
        """
            .formatted(names);
    try (var gateway = TestGateway.start(settings)) {
      ask(gateway.port(), "demo", "demo-count?first_token_ms=0&tokens=5");
      ask(gateway.port(), "demo", "demo-refuse");
      ask(gateway.port(), "priced", "m");
      try (var client = RawClient.connect(gateway.port())) {
        client.get("/metrics").readHead();
        return client.readBody().text();
      }
    }
  }

  private static void ask(int port, String provider, String model) throws IOException {
    try (var client = RawClient.connect(port)) {
      JsonObject question = new JsonObject().put("message", "hi").put("provider", provider);
      client.post("/api/chat", question.put("model", model).encode());
      client.readHead();
      client.readBody();
    }
  }

  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    JsonObject dashboard = new JsonObject(Files.readString(FILES.resolve("grafana/sluice.json")));
    for (Object panel : dashboard.getJsonArray("panels")) {
      JsonArray targets = ((JsonObject) panel).getJsonArray("targets");
      targets.forEach(target -> queries.add(((JsonObject) target).getString("expr")));
    }
    queries.add(Files.readString(FILES.resolve("alerts.yml")).replaceAll("(?m)^ *remedy:.*", ""));
    return queries;
  }

  @Test
  void everyNumberAndLabelThatIsAskedForExists() throws Exception {
    String scraped = scrape("v1.41");
    Set<String> asked = new HashSet<>();
    Set<String> labels = new HashSet<>();
    for (String query : queries()) {
      METRIC.matcher(query).results().forEach(found -> asked.add(found.group()));
      Matcher by = LABELS.matcher(query);
      while (by.find()) {
        labels.addAll(List.of(by.group(1).split(", ?")));
      }
    }
    asked.removeAll(labels);
    assertThat(asked).hasSizeGreaterThan(12);
    assertThat(asked).allSatisfy(name -> assertThat(scraped).contains("\n" + name));
    labels.removeAll(List.of("instance", "job"));
    assertThat(labels).allSatisfy(name -> assertThat(scraped).contains(name + "=\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.41", "latest"})
  void prometheusOwnParserReadsIt(String names) throws Exception {
    String scraped = scrape(names);
    if (names.equals("latest")) {
      assertThat(scraped)
          .contains("gen_ai_client_inference_duration_seconds_count")
          .contains("gen_ai_client_inference_usage_output_tokens_total")
          .doesNotContain("gen_ai_client_operation", "gen_ai_client_token");
    }
    Process process = promtool("check", "metrics").start();
    try (var in = process.getOutputStream()) {
      in.write(scraped.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // 3 is a matter of style: names that come from OpenTelemetry's conventions or Micrometer's.
    assertThat(process.waitFor()).as(said).isIn(0, 3);
    assertThat(said).doesNotContain("error while linting", "parsing");
  }

  @Test
  void theAlertsRingWhenTheyShould() throws Exception {
    for (String[] command :
        List.of(
            new String[] {"check", "rules", "alerts.yml"},
            new String[] {"check", "config", "prometheus.yml"},
            new String[] {"test", "rules", "alerts_test.yml"})) {
      Process process = promtool(command).directory(FILES.toFile()).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
  }

  private static ProcessBuilder promtool(String... arguments) {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
        "SKIPPED: promtool, of Prometheus, is not installed");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
