package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.limiter.RedisServer;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.SseEvent;
import dev.sluice.upstream.SseReader;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two gateways from the archive on one real Redis, behind a real proxy that ends TLS. */
class BehindProxyIT {
  private static final String PACED = "demo-count?first_token_ms=0&jitter=0&tokens_per_second=";
  private static final int LIMIT = 12;

  private final HttpClient client =
      HttpClient.newBuilder().sslContext(TestCertificates.trustingContext()).build();
  private @TempDir Path folder;

  private Path settings(RedisServer redis) throws IOException {
    return Files.writeString(
        folder.resolve("sluice.yaml"),
        """
        http: {trusted_proxies: [127.0.0.1], force_https: true, secret_key: common, drain: 20s}
        local_servers: {discover: false}
        limits: {per_minute: %d, redis: {url: '%s', gateways: 2}}
        """
            .formatted(LIMIT, redis.url()));
  }

  private static HttpRequest chat(FrontProxy proxy, String path, String model, String caller) {
    String question = new JsonObject().put("message", "hello").put("model", model).encode();
    return HttpRequest.newBuilder(URI.create("https://localhost:" + proxy.port() + path))
        .header("content-type", "application/json")
        .header("x-forwarded-for", caller)
        .timeout(FakeUpstream.PATIENCE)
        .POST(HttpRequest.BodyPublishers.ofString(question))
        .build();
  }

  private HttpResponse<InputStream> stream(FrontProxy proxy, String pace) throws Exception {
    return client.send(
        chat(proxy, "/api/chat/stream", PACED + pace, "203.0.113.1"),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private int ask(FrontProxy proxy, String caller) throws Exception {
    return client
        .send(
            chat(proxy, "/api/chat", PACED + "9999&tokens=1", caller),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @ParameterizedTest
  @EnumSource(FrontProxy.Kind.class)
  void pageStreamsLimitsAndDrainWork(FrontProxy.Kind kind) throws Exception {
    try (var redis = RedisServer.start();
        var one = ArchivedGateway.start(folder, "--config", settings(redis).toString());
        var two = ArchivedGateway.start(folder, "--config", settings(redis).toString());
        var proxy = kind.start(folder, List.of(one.port(), two.port()))) {
      thePageComesThroughAsItIs(proxy);
      aStreamIsNotHeldBack(proxy);
      bothCountTogether(proxy);
      whoIsToldToStopLosesNobody(kind, proxy, one);
    }
  }

  private void thePageComesThroughAsItIs(FrontProxy proxy) throws Exception {
    URI page = URI.create("https://localhost:" + proxy.port() + "/");
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<title>Sluice</title>");
    assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
    assertThat(answer.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("trusted-types app"));
  }

  /** It would take more than an hour: whatever comes has not waited for its end. */
  private void aStreamIsNotHeldBack(FrontProxy proxy) throws Exception {
    HttpResponse<InputStream> answer = stream(proxy, "20&tokens=100000");
    assertThat(answer.statusCode()).isEqualTo(200);
    try (InputStream body = answer.body()) {
      SseReader events = new SseReader(body);
      for (int i = 0; i < 5; i++) {
        assertThat(new JsonObject(events.next().data()).getString("content")).isNotEmpty();
      }
    }
  }

  private void bothCountTogether(FrontProxy proxy) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < LIMIT + 4; i++) {
      statuses.add(ask(proxy, "203.0.113.2"));
    }
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(LIMIT);
    assertThat(statuses.stream().filter(status -> status == 429)).hasSize(4);
  }

  /**
   * Caddy does not ask another one, but looks after their health: until then some are sent away.
   */
  private void awaitThatItIsNoticed(FrontProxy proxy) {
    int[] inARow = {0};
    Waiting.until(
        "nobody is sent away",
        FakeUpstream.PATIENCE,
        () -> {
          try {
            inARow[0] = ask(proxy, "203.0.113.3") == 503 ? 0 : inARow[0] + 1;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return inARow[0] > 30;
        });
  }

  private void whoIsToldToStopLosesNobody(
      FrontProxy.Kind kind, FrontProxy proxy, ArchivedGateway leaving) throws Exception {
    List<HttpResponse<InputStream>> streams = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      streams.add(stream(proxy, "20&tokens=60"));
    }
    assertThat(streams).allMatch(answer -> answer.statusCode() == 200);
    leaving.terminate();
    Waiting.until(
        "it is told", FakeUpstream.PATIENCE, () -> leaving.said().contains("Sluice stops"));
    if (kind == FrontProxy.Kind.CADDY) {
      awaitThatItIsNoticed(proxy);
    }
    for (int i = 0; i < 20; i++) {
      URI health = URI.create("https://localhost:" + proxy.port() + "/api/models");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(health).build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
      assertThat(ask(proxy, "203.0.113.3")).isIn(200, 429);
    }
    for (HttpResponse<InputStream> answer : streams) {
      List<SseEvent> events = new SseReader(answer.body()).rest();
      assertThat(events.get(events.size() - 1).data()).contains("\"type\":\"done\"");
    }
    assertThat(leaving.exitCode()).isEqualTo(143);
  }
}
