package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final String SETTINGS =
      "http: {port: 0}\nmetrics: {enabled: true}\nlimits: {per_minute: 3, per_hour: 9, per_day: 9}\n";

  private static String scrape(TestGateway gateway) {
    try {
      var answer = Asking.get(gateway.port(), "/metrics");
      assertThat(answer.status()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void chatsAreCountedByTheirEndsAndTimed() throws Exception {
    try (var gateway = TestGateway.start(SETTINGS)) {
      Asking.post(gateway.port(), Asking.WHOLE, Asking.count(5, 0));
      Asking.post(gateway.port(), Asking.STREAM, Asking.count(5, 0));
      Asking.post(gateway.port(), Asking.WHOLE, Asking.question("demo-refuse"));
      Asking.post(gateway.port(), Asking.WHOLE, Asking.count(5, 0));
      assertThat(scrape(gateway))
          .contains("sluice_chats_total{end=\"done\",provider=\"demo\"} 3.0")
          .contains("sluice_chats_total{end=\"upstream_error\",provider=\"demo\"} 1.0")
          .contains("sluice_limiter_decisions_total{decision=\"admitted\"}")
          .contains("gen_ai_client_operation_duration_seconds_bucket{gen_ai_provider_name=\"demo\"")
          .contains("gen_ai_client_operation_time_to_first_chunk_seconds_count")
          .contains("gen_ai_token_type=\"output\"")
          .contains("jvm_memory_used_bytes")
          .contains("sluice_chats_open 0.0");
    }
  }

  @Test
  void whatIsUnderWayAndWhoLeftIsSeen() throws Exception {
    try (var gateway = TestGateway.start(SETTINGS)) {
      try (var client = RawClient.connect(gateway.port())) {
        client.post(Asking.STREAM, Asking.count(100_000, 20));
        client.readHead();
        assertThat(scrape(gateway)).contains("sluice_chats_open 1.0");
      }
      Waiting.until(
          "the departure is counted",
          Duration.ofSeconds(10),
          () -> scrape(gateway).contains("end=\"cancelled\""));
      assertThat(scrape(gateway)).contains("sluice_chats_open 0.0");
    }
  }

  @Test
  void attemptsAreCountedAndARedisThatIsNotThereIsSeen() throws Exception {
    String settings =
        "http: {port: 0}\nmetrics: {enabled: true}\nlimits: {redis: {url: 'redis://127.0.0.1:1'}}\n";
    try (var upstream = FakeUpstream.start().answer(OpenAiScripts.stream(1));
        var gateway =
            TestGateway.start(settings + Asking.settings(upstream.url(), "").split("\n", 2)[1])) {
      assertThat(Asking.post(gateway.port(), Asking.STREAM, Asking.question("m")).status())
          .isEqualTo(200);
      assertThat(scrape(gateway))
          .contains("sluice_upstream_attempts_total{provider=\"fake\"} 1.0")
          .contains("sluice_upstream_waiting{provider=\"fake\"} 0.0")
          .contains("sluice_limiter_breaker_open 1.0", "sluice_limiter_degraded 1.0");
    }
  }

  @Test
  void aFloodOfModelNamesMakesNoFloodOfLabels() throws Exception {
    String settings =
        "http: {port: 0}\nmetrics: {enabled: true}\nproviders: {dead: {kind: openai-compatible, base_url: 'http://127.0.0.1:"
            + FakeUpstream.closedPort()
            + "/v1', api_key: k}}\nchat: {default_provider: dead}\n";
    try (var gateway = TestGateway.start(settings)) {
      for (int i = 0; i < 150; i++) {
        Asking.post(gateway.port(), Asking.WHOLE, Asking.question("model-" + i));
      }
      long models =
          scrape(gateway)
              .lines()
              .filter(line -> line.startsWith("gen_ai_client_operation_duration_seconds_count"))
              .count();
      assertThat(models).isEqualTo(101L);
    }
  }

  @Test
  void strangersSeeNothingUnlessTheSettingsSaySo() throws Exception {
    try (var gateway = TestGateway.start("")) {
      assertThat(Asking.get(gateway.port(), "/metrics").status()).isEqualTo(404);
    }
  }
}
