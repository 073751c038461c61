package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits of tokens, of money and of answers under way, from end to end. */
class QuotaTest {
  private static final String SLOW = "demo-count?tokens=100000&tokens_per_second=20&jitter=0";
  private static final String LIMITS =
      "limits: {per_minute: 500, per_hour: 900, per_day: 1000, %s}\n";

  private static TestGateway gateway(String limits) throws Exception {
    return TestGateway.start(LIMITS.formatted(limits));
  }

  private static JsonObject standing(TestGateway gateway) {
    try {
      return Asking.get(gateway.port(), "/api/rate-limit").json();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long remaining(TestGateway gateway, String limit) {
    return standing(gateway).getJsonObject("remaining").getNumber(limit).longValue();
  }

  @Test
  void anotherAnswerAtATimeIsRefusedWithoutAPromiseAndLeavingMakesRoom() throws Exception {
    try (var gateway = gateway("streams: 1")) {
      try (var first = RawClient.connect(gateway.port())) {
        first.post(Asking.STREAM, Asking.question(SLOW));
        assertThat(first.readHead().status()).isEqualTo(200);
        var refused = Asking.post(gateway.port(), Asking.STREAM, Asking.question(SLOW));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().getString("code")).isEqualTo("too_many_streams");
        assertThat(refused.head().header("retry-after")).isNull();
        assertThat(refused.head().header("ratelimit-policy"))
            .contains("\"streams\";q=1;qu=\"concurrent-requests\"");
        assertThat(remaining(gateway, "streams")).isZero();
      }
      Waiting.until(
          "there is room", Duration.ofSeconds(10), () -> remaining(gateway, "streams") == 1);
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void whatAnAnswerReallyUsedIsWhatIsSpent() throws Exception {
    try (var gateway = gateway("tokens_per_day: 5000")) {
      var answer = Asking.post(gateway.port(), Asking.WHOLE, Asking.count(40, 0)).json();
      JsonObject usage = answer.getJsonObject("usage");
      long total = usage.getLong("prompt_tokens") + usage.getLong("completion_tokens");
      Waiting.until(
          "it is settled",
          Duration.ofSeconds(10),
          () -> remaining(gateway, "tokens_per_day") == 5000 - total);
    }
  }

  @Test
  void whileAnAnswerIsUnderWayWhatItIsLikelyToUseIsHeld() throws Exception {
    try (var gateway = gateway("tokens_per_minute: 1500")) {
      try (var first = RawClient.connect(gateway.port())) {
        first.post(Asking.STREAM, Asking.question(SLOW));
        assertThat(first.readHead().status()).isEqualTo(200);
        var refused = Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().getString("code")).isEqualTo("rate_limited");
        assertThat(refused.json().getString("message")).contains("1500 tokens per minute");
        assertThat(Integer.parseInt(refused.head().header("retry-after"))).isBetween(1, 120);
      }
      Waiting.until(
          "what was not used is back",
          Duration.ofSeconds(10),
          () -> remaining(gateway, "tokens_per_minute") > 1400);
    }
  }

  @Test
  void aModelMayHaveLimitsOfItsOwn() throws Exception {
    try (var gateway = gateway("models: {demo-fast: {per_minute: 1}}")) {
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, Asking.question("demo-fast")).status())
          .isEqualTo(200);
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, Asking.question("demo-fast")).status())
          .isEqualTo(429);
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0)).status())
          .isEqualTo(200);
      assertThat(remaining(gateway, "per_minute")).isEqualTo(499);
    }
  }
}
