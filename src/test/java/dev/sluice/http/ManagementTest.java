package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What operators see, and strangers do not. */
class ManagementTest {

  @Test
  void theOperatorsPortTellsTheHealthInDetail() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0}\nmanagement: {port: 0}\n")) {
      Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0));
      JsonObject health = Asking.get(gateway.managementPort(), "/health").json();
      assertThat(health.getString("status")).isEqualTo("healthy");
      assertThat(health.getString("config")).matches("[0-9a-f]{12}");
      assertThat(health.getJsonObject("event_loop_delay_seconds").fieldNames()).contains("0");
      JsonObject demo = health.getJsonObject("providers").getJsonObject("demo");
      assertThat(demo.getString("state")).isEqualTo("ready");
      assertThat(demo.getString("last_done")).isNotNull();
      assertThat(Asking.get(gateway.managementPort(), "/health/ready").status()).isEqualTo(200);
      assertThat(Asking.get(gateway.managementPort(), "/health/live").status()).isEqualTo(200);
      assertThat(Asking.get(gateway.managementPort(), "/metrics").status()).isEqualTo(404);
      assertThat(Asking.get(gateway.managementPort(), "/api/models").status()).isEqualTo(404);
    }
  }

  @Test
  void metricsThatAreForOperatorsAreNowhereElse() throws Exception {
    String settings = "http: {port: 0}\nmanagement: {port: 0}\nmetrics: {enabled: true}\n";
    try (var gateway = TestGateway.start(settings)) {
      assertThat(Asking.get(gateway.managementPort(), "/metrics").body())
          .contains("sluice_chats_open");
      assertThat(Asking.get(gateway.port(), "/metrics").status()).isEqualTo(404);
      assertThat(Asking.get(gateway.port(), "/health").status()).isEqualTo(404);
    }
  }

  /** Nobody asks a provider for it: what people's chats meet is enough. */
  @Test
  void aProviderWhoseChatsFailIsKnownByThem() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway =
            TestGateway.start(Asking.settings(upstream.url(), "") + "management: {port: 0}\n")) {
      upstream.answer(reply -> reply.json(500, "{}"));
      for (int i = 0; i < 5; i++) {
        Asking.post(gateway.port(), Asking.WHOLE, Asking.question("m"));
      }
      JsonObject fake =
          Asking.get(gateway.managementPort(), "/health")
              .json()
              .getJsonObject("providers")
              .getJsonObject("fake");
      assertThat(fake.getString("state")).isEqualTo("failing");
      assertThat(fake.getInteger("failures_in_a_row")).isEqualTo(5);
      assertThat(fake.getString("last_failure")).isEqualTo("upstream_error");
      assertThat(
              Asking.get(gateway.port(), "/api/health")
                  .json()
                  .getJsonObject("services")
                  .getBoolean("fake"))
          .isFalse();
    }
  }
}
