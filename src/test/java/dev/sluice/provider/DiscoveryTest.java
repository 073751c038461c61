package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.CapturedLog;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Reply;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which models there are, and whether they would answer. */
class DiscoveryTest {
  private static final String LIST =
      "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\"},{\"id\":\"n\"}]}";

  private final FakeUpstream upstream = FakeUpstream.start();

  @AfterEach
  void close() {
    upstream.close();
  }

  /** Lists are made by {@code script}; chats are answered. */
  private void listed(Consumer<Reply> script) {
    upstream.answerEach(
        (request, reply) ->
            (request.method().equals("GET") ? script : OpenAiScripts.stream(2)).accept(reply));
  }

  private TestGateway start(String more) throws Exception {
    return TestGateway.start(
        """
        http: {port: 0, instances: 2, drain: 0s}
        demo: {enabled: false}
        providers:
          up: {kind: openai-compatible, base_url: '%s/v1', api_key: sk-up%s}
        """
            .formatted(upstream.url(), more));
  }

  private TestGateway startForOperators() throws Exception {
    return start(", default_model: m}\nmanagement: {port: 0");
  }

  private static JsonArray models(TestGateway gateway, String provider) {
    try (var client = RawClient.connect(gateway.port())) {
      client.get("/api/models");
      assertThat(client.readHead().status()).isEqualTo(200);
      return new JsonObject(client.readBody().text()).getJsonArray(provider, new JsonArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> ids(TestGateway gateway) {
    return models(gateway, "up").stream().map(m -> ((JsonObject) m).getString("id")).toList();
  }

  private static void awaitAvailable(TestGateway gateway, boolean available) {
    Waiting.until(
        "every model is available: " + available,
        () ->
            !models(gateway, "up").isEmpty()
                && models(gateway, "up").stream()
                    .allMatch(m -> ((JsonObject) m).getBoolean("available") == available));
  }

  @Test
  void aListThatIsLateHoldsNothingUpAndIsShownWhenItComes() throws Exception {
    var late = new CountDownLatch(1);
    listed(reply -> reply.await(late).json(200, LIST));
    try (var gateway = start("")) {
      assertThat(ids(gateway)).isEmpty();
      PageReply.streamed(gateway, "up").isDone("t0 t1 ");
      late.countDown();
      Waiting.until("the models are shown", () -> ids(gateway).equals(List.of("m", "n")));
    }
    var request = upstream.takeRequest();
    assertThat(request.path()).isEqualTo("/v1/models");
    assertThat(request.header("authorization")).isEqualTo("Bearer sk-up");
  }

  @Test
  void aProviderThatDoesNotListItsModelsIsShownAsAway() throws Exception {
    listed(reply -> reply.json(500, "{}"));
    try (var gateway = start(", default_model: m")) {
      awaitAvailable(gateway, false);
      assertThat(ids(gateway)).containsExactly("m");
      PageReply.streamed(gateway, "up").isDone("t0 t1 ");
    }
  }

  @Test
  void aProviderThatHasNoListIsThereAllTheSame() throws Exception {
    listed(reply -> reply.json(404, "{}"));
    try (var gateway = start(", default_model: m")) {
      Upstreams.awaitListed(upstream, 1);
      awaitAvailable(gateway, true);
      assertThat(ids(gateway)).containsExactly("m");
      PageReply.streamed(gateway, "up").isDone("t0 t1 ");
    }
  }

  @Test
  void aListInTheSettingsIsAllThatMayBeAskedFor() throws Exception {
    listed(reply -> reply.json(200, LIST));
    try (var gateway = start(", models: [n, o]")) {
      Upstreams.awaitListed(upstream, 1);
      assertThat(ids(gateway)).containsExactly("n", "o");
      PageReply.streamed(gateway, "up").isRefused(404, "unknown_model");
      assertThat(upstream.waitingRequests()).isZero();
    }
  }

  @Test
  void aListThatNeverEndsIsNotReadToItsEnd() throws Exception {
    listed(
        reply ->
            reply
                .head(200, "content-type: application/json")
                .endlessly(Duration.ZERO, n -> "x".repeat(60_000)));
    try (var gateway = start(", default_model: m")) {
      upstream.awaitClosed(1);
      awaitAvailable(gateway, false);
    }
  }

  @Test
  void aListThatStallsIsGivenUp() throws Exception {
    listed(reply -> reply.head(200, "content-type: application/json").chunk("{").stall());
    try (var gateway = start(", default_model: m")) {
      upstream.awaitClosed(1);
      awaitAvailable(gateway, false);
    }
  }

  @Test
  void aRedirectedListIsNotFollowed() throws Exception {
    listed(reply -> reply.redirect(302, upstream.url() + "/elsewhere").end());
    try (var gateway = start(", default_model: m")) {
      awaitAvailable(gateway, false);
      assertThat(upstream.takeRequest().path()).isEqualTo("/v1/models");
      assertThat(upstream.waitingRequests()).isZero();
    }
  }

  private static String state(TestGateway gateway, String provider) {
    return get(gateway.managementPort(), "/health")
        .getJsonObject("providers")
        .getJsonObject(provider, new JsonObject())
        .getString("state", "none");
  }

  private static JsonObject get(int port, String path) {
    try (var client = RawClient.connect(port)) {
      client.get(path);
      client.readHead();
      return new JsonObject(client.readBody().text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitState(TestGateway gateway, String state) {
    Waiting.until("up is " + state, () -> state(gateway, "up").equals(state));
    boolean usable = List.of("ready", "no_list").contains(state);
    assertThat(get(gateway.port(), "/api/health").getJsonObject("services").getBoolean("up"))
        .isEqualTo(usable);
    assertThat(get(gateway.port(), "/health/ready").getString("status"))
        .isEqualTo(usable ? "ready" : "no provider can be asked");
  }

  /** Answers to the request for the list, and the state that each puts the provider in. */
  static Stream<Arguments> answers() {
    return Stream.of(
        answer("ready", reply -> reply.json(200, LIST)),
        answer("ready", reply -> reply.json(200, "{\"object\":\"list\",\"data\":null}")),
        answer("ready", reply -> reply.json(200, "[{\"id\":\"m\"}]")),
        answer("ready", reply -> reply.json(429, "{}")),
        answer("unauthorized", reply -> reply.json(401, "{}")),
        answer("unauthorized", reply -> reply.json(403, "{}")),
        answer(
            "unauthorized",
            reply -> reply.json(400, "{\"error\":{\"message\":\"API key not valid.\"}}")),
        answer(
            "no_list",
            reply -> reply.json(403, "{\"error\":{\"message\":\"Missing scopes: model.read\"}}")),
        answer("no_list", reply -> reply.json(404, "{}")),
        answer("no_list", reply -> reply.json(405, "{}")),
        answer("not_an_api", reply -> reply.whole(404, "text/html", "<html>")),
        answer("not_an_api", reply -> reply.whole(200, "text/html", "<html>")),
        answer("not_an_api", reply -> reply.whole(200, "text/plain", "It works!")),
        answer("no_list", reply -> reply.json(200, "{\"status\":\"ok\"}")),
        answer("not_an_api", reply -> reply.redirect(302, "http://127.0.0.1:1/login").end()),
        answer("unreachable", reply -> reply.json(500, "{}")),
        answer("unreachable", Reply::reset));
  }

  private static Arguments answer(String state, Consumer<Reply> script) {
    return Arguments.of(state, script);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answerToTheRequestForTheListDecidesTheState(String state, Consumer<Reply> script)
      throws Exception {
    listed(script);
    try (var gateway = startForOperators()) {
      awaitState(gateway, state);
    }
  }

  @Test
  void baseUrlThatLacksItsVersionIsNotAnApi() throws Exception {
    upstream.answerEach(
        (request, reply) -> {
          if (request.path().equals("/v1/models")) {
            reply.json(200, LIST);
          } else {
            reply.json(404, "{}");
          }
        });
    try (var log = new CapturedLog(DiscoveryVerticle.class);
        var gateway =
            TestGateway.start(
                """
                http: {port: 0, drain: 0s}
                demo: {enabled: false}
                management: {port: 0}
                providers:
                  up: {kind: openai-compatible, base_url: '%s', api_key: sk-up}
                """
                    .formatted(upstream.url()))) {
      awaitState(gateway, "not_an_api");
      log.awaitLine("set it to " + upstream.url() + "/v1");
    }
  }

  @Test
  void providerThatRefusesToListButAnswersChatsIsReady() throws Exception {
    listed(reply -> reply.whole(200, "text/html", "<html>"));
    try (var gateway = startForOperators()) {
      awaitState(gateway, "not_an_api");
      PageReply.streamed(gateway, "up").isDone("t0 t1 ");
      awaitState(gateway, "ready");
      awaitAvailable(gateway, true);
    }
  }

  @Test
  void refusedKeyIsOneWarningThatSaysWhatToDoWithoutTheKey() throws Exception {
    listed(reply -> reply.json(401, "{\"error\":{\"message\":\"bad key sk-up\"}}"));
    try (var log = new CapturedLog(DiscoveryVerticle.class);
        var gateway = startForOperators()) {
      awaitState(gateway, "unauthorized");
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("WARN"))
          .singleElement()
          .asString()
          .contains("The provider up", "providers.up.api_key")
          .doesNotContain("sk-up");
    }
  }

  private static final String LOCAL =
      """
      http: {port: 0, instances: 2, drain: 0s}
      demo: {enabled: false}
      local_servers: {discover: true, interval: 1s}
      """;

  private static void answerLikeLlamaCpp(FakeUpstream local) {
    local.answerEach(
        (request, reply) -> {
          if (request.method().equals("GET")) {
            reply.json(200, LIST);
          } else {
            OpenAiScripts.stream(2).accept(reply);
          }
        });
  }

  /** More chats than loops, on connections of their own, so that each loop has some. */
  private static void askEveryLoop(TestGateway gateway, String provider) {
    for (int chat = 0; chat < 6; chat++) {
      PageReply.streamed(gateway, provider).isDone("t0 t1 ");
    }
  }

  @Test
  void serverThatIsUpBeforeTheGatewayIsReachableOnEveryLoop() throws Exception {
    try (var local = local()) {
      answerLikeLlamaCpp(local);
      try (var gateway = TestGateway.start(LOCAL)) {
        Waiting.until("it is found", () -> models(gateway, "llamacpp").size() == 2);
        askEveryLoop(gateway, "llamacpp");
      }
    }
  }

  @Test
  void serverThatAppearsLaterIsReachableOnEveryLoopAndUnavailableWhenItIsGone() throws Exception {
    try (var gateway = TestGateway.start(LOCAL)) {
      PageReply.streamed(gateway, "llamacpp").isRefused(400, "unknown_provider");
      try (var local = local()) {
        answerLikeLlamaCpp(local);
        Waiting.until("it is found", () -> models(gateway, "llamacpp").size() == 2);
        askEveryLoop(gateway, "llamacpp");
      }
      Waiting.until(
          "it is missed",
          () -> !models(gateway, "llamacpp").getJsonObject(0).getBoolean("available"));
      PageReply.streamed(gateway, "llamacpp").isRefused(502, "upstream_unreachable");
      try (var local = local()) {
        answerLikeLlamaCpp(local);
        Waiting.until(
            "it is back",
            () -> models(gateway, "llamacpp").getJsonObject(0).getBoolean("available"));
        askEveryLoop(gateway, "llamacpp");
      }
    }
  }

  /** At a port that llama.cpp usually takes. Whoever runs one there cannot run this test. */
  private static FakeUpstream local() {
    FakeUpstream local = null;
    try {
      local = FakeUpstream.startAt(9931);
    } catch (UncheckedIOException e) {
      assumeThat(e).as("port 9931 is free").isNull();
    }
    return Objects.requireNonNull(local);
  }
}
