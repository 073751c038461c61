package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatewaysOnOneRedisTest {
  private static final String QUESTION = "{\"message\":\"hello\",\"model\":\"demo-fast\"}";

  private final HttpClient client = HttpClient.newHttpClient();

  private static TestGateway gateway(RedisServer redis, int perMinute) throws Exception {
    return TestGateway.start(
        """
        limits:
          per_minute: %d
          per_hour: 900
          per_day: 1000
          redis: {url: '%s', gateways: 2}
        """
            .formatted(perMinute, redis.url()));
  }

  private CompletableFuture<Integer> ask(TestGateway gateway) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/api/chat"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::statusCode);
  }

  private JsonObject health(TestGateway gateway) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/api/health"))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> new JsonObject(response.body()))
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private List<Integer> askBoth(TestGateway one, TestGateway other, int times) {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      answers.add(ask(i % 2 == 0 ? one : other));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void togetherTheyAdmitExactlyTheLimit() throws Exception {
    try (RedisServer redis = RedisServer.start();
        TestGateway one = gateway(redis, 30);
        TestGateway other = gateway(redis, 30)) {
      Waiting.until(
          "both have their Redis",
          Duration.ofSeconds(10),
          () ->
              health(one).getString("degraded") == null
                  && health(other).getString("degraded") == null);
      List<Integer> answers = askBoth(one, other, 100);
      assertThat(answers).filteredOn(status -> status == 200).hasSize(30);
      assertThat(answers).filteredOn(status -> status == 429).hasSize(70);
    }
  }

  @Test
  void noChatFailsWhenTheirRedisDiesAndHealthSaysSoUntilItIsBack() throws Exception {
    try (RedisServer redis = RedisServer.start();
        TestGateway one = gateway(redis, 500);
        TestGateway other = gateway(redis, 500)) {
      assertThat(askBoth(one, other, 20)).containsOnly(200);
      redis.kill();
      assertThat(askBoth(one, other, 40)).containsOnly(200);
      assertThat(health(one).getString("status")).isEqualTo("degraded");
      assertThat(health(one).getString("degraded")).startsWith("Redis");
      redis.begin();
      Waiting.until(
          "it is back",
          Duration.ofSeconds(20),
          () -> {
            assertThat(askBoth(one, other, 2)).containsOnly(200);
            return health(one).getString("degraded") == null;
          });
    }
  }
}
