package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a load balancer asks. */
class HealthTest {

  @Test
  void whoeverHasAModelIsLiveAndReady() throws Exception {
    try (var gateway = TestGateway.start("")) {
      var live = Asking.get(gateway.port(), "/health/live");
      assertThat(live.status()).isEqualTo(200);
      assertThat(live.json().getMap()).isEqualTo(Map.of("status", "up"));
      var ready = Asking.get(gateway.port(), "/health/ready");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.json().getMap()).isEqualTo(Map.of("status", "ready"));
    }
  }

  @Test
  void aRedisThatIsAwayMakesNobodyUnready() throws Exception {
    try (var gateway = TestGateway.start("limits: {redis: {url: 'redis://127.0.0.1:1'}}")) {
      assertThat(Asking.get(gateway.port(), "/health/ready").status()).isEqualTo(200);
      assertThat(Asking.get(gateway.port(), "/api/health").json().getString("status"))
          .isEqualTo("degraded");
    }
  }

  @Test
  void whoHasNobodyToAskIsLiveButNotReady() throws Exception {
    try (var gateway = TestGateway.start("demo: {enabled: false}")) {
      assertThat(Asking.get(gateway.port(), "/health/live").status()).isEqualTo(200);
      var ready = Asking.get(gateway.port(), "/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().getString("status")).isEqualTo("no provider can be asked");
    }
  }

  @Test
  void nothingElseIsThere() throws Exception {
    try (var gateway = TestGateway.start("")) {
      assertThat(Asking.get(gateway.port(), "/health/other").status()).isEqualTo(404);
      assertThat(Asking.post(gateway.port(), "/health/live", "{}").status()).isEqualTo(405);
    }
  }
}
