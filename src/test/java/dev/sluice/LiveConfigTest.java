package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own, whose settings file is changed while it runs. */
class LiveConfigTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String BASE = "http: {port: 0}\nlocal_servers: {discover: false}\n";

  private final HttpClient client = HttpClient.newHttpClient();
  private @TempDir Path folder;
  private Path file;
  private GatewayProcess gateway;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("sluice.yaml");
    Files.writeString(file, BASE + "limits: {per_minute: 2}\n");
    gateway = GatewayProcess.start("--config", file.toString());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void change(String yaml) throws IOException {
    Files.writeString(file, BASE + yaml);
  }

  private CompletableFuture<HttpResponse<String>> asking(String model) {
    JsonObject question = new JsonObject().put("message", "hello").put("model", model);
    return client.sendAsync(
        HttpRequest.newBuilder(uri("/api/chat"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question.encode()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(String model) {
    return asking(model).join();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  private JsonObject get(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
      return new JsonObject(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int limit() {
    return get("/api/rate-limit").getJsonObject("limits").getInteger("per_minute");
  }

  @Test
  void limitsKeysAndTheLogsLevelChangeAtOnceAndTheRestIsToldToTakeARestart() throws Exception {
    assertThat(ask("demo-fast").statusCode()).isEqualTo(200);
    assertThat(ask("demo-fast").statusCode()).isEqualTo(200);
    assertThat(ask("demo-fast").statusCode()).isEqualTo(429);
    change("limits: {per_minute: 4}\n");
    Waiting.until("the new limit holds", PATIENCE, () -> limit() == 4);
    assertThat(ask("demo-fast").statusCode()).isEqualTo(200);
    change("limits: {per_minute: 5}\nchat: {message_chars: oops}\n");
    gateway.awaitLine("chat.message_chars");
    assertThat(limit()).isEqualTo(4);
    change("limits: {per_minute: 6}\ndemo: {enabled: false}\nlog: {level: warn}\n");
    gateway.awaitLine("To change demo takes a restart");
    Waiting.until("the new limit holds", PATIENCE, () -> limit() == 6);
    assertThat(ask("demo-fast").statusCode()).isEqualTo(200);
  }

  @Test
  void aProviderComesChangesAndGoesWithNoRequestLost() throws Exception {
    String many = "limits: {per_minute: 9000, per_hour: 9000, per_day: 9000}\n";
    try (var one = FakeUpstream.start();
        var two = FakeUpstream.start()) {
      change(many + provider(one.url()));
      Waiting.until(
          "the provider is offered", PATIENCE, () -> get("/api/models").containsKey("late"));
      one.takeRequest();
      one.answer(OpenAiScripts.answer(1));
      assertThat(ask("m").statusCode()).isEqualTo(200);
      one.takeRequest();
      CountDownLatch changed = new CountDownLatch(1);
      one.answer(
          reply -> {
            await(changed);
            OpenAiScripts.answer(3).accept(reply);
          });
      var held = asking("m");
      one.takeRequest();
      change(many + provider(two.url()));
      two.takeRequest();
      two.answer(OpenAiScripts.answer(2));
      assertThat(ask("m").statusCode()).isEqualTo(200);
      change(many);
      Waiting.until(
          "the provider is gone", PATIENCE, () -> !get("/api/models").containsKey("late"));
      changed.countDown();
      assertThat(held.join().statusCode()).isEqualTo(200);
      assertThat(new JsonObject(held.join().body()).getString("message"))
          .isEqualTo(OpenAiScripts.text(3));
      change(many + provider(two.url()));
      Waiting.until("the provider answers again", PATIENCE, () -> ask("m").statusCode() == 200);
    }
  }

  @Test
  void answerOfAProviderThatCameByAReloadEndsDuringTheDrain() throws Exception {
    try (var upstream = FakeUpstream.start()) {
      assertThat(ready()).isEqualTo(200);
      change(provider(upstream.url()));
      Waiting.until(
          "the provider is offered", PATIENCE, () -> get("/api/models").containsKey("late"));
      upstream.takeRequest();
      CountDownLatch stopping = new CountDownLatch(1);
      upstream.answer(
          reply -> {
            await(stopping);
            OpenAiScripts.answer(3).accept(reply);
          });
      var held = asking("m");
      upstream.takeRequest();
      gateway.terminate();
      gateway.awaitLine("Sluice stops");
      Waiting.until("it drains", PATIENCE, () -> ready() == 503);
      stopping.countDown();
      assertThat(held.join().statusCode()).as(held.join().body()).isEqualTo(200);
      assertThat(gateway.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void removalOfTheLastProviderMakesTheGatewayUnready() throws Exception {
    gateway.close();
    try (var upstream = FakeUpstream.start()) {
      upstream.answer(OpenAiScripts.answer(1));
      change("demo: {enabled: false}\n" + provider(upstream.url()));
      gateway = GatewayProcess.start("--config", file.toString());
      assertThat(ready()).isEqualTo(200);
      change("demo: {enabled: false}\n");
      Waiting.until("it is unready", PATIENCE, () -> ready() == 503);
      assertThat(get("/api/health").getJsonObject("services").getMap()).doesNotContainKey("late");
    }
  }

  private int ready() {
    HttpRequest request = HttpRequest.newBuilder(uri("/health/ready")).build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode)
        .exceptionally(closedMeanwhile -> 0)
        .join();
  }

  /** The same content at last, so that only the reload has changed. */
  @Test
  void settingsThatAreNoGoodChangeNothingAndDegradeHealthUntilTheyAreGoodAgain() throws Exception {
    assertThat(limit()).isEqualTo(2);
    change("limits: {per_minute: none}\n");
    awaitProblem("settings: the file has mistakes, which the log lists");
    Files.writeString(file, "");
    awaitProblem("settings: the file is empty");
    Files.delete(file);
    awaitProblem("settings: the file does not exist");
    Files.createDirectory(file);
    awaitProblem("settings: the file is not a regular file");
    assertThat(limit()).isEqualTo(2);
    Files.delete(file);
    change("limits: {per_minute: 2}\n");
    Waiting.until("it heals", PATIENCE, () -> get("/api/health").getString("degraded") == null);
    assertThat(get("/api/health").getString("status")).isEqualTo("healthy");
    assertThat(gateway.output().lines().filter(line -> line.contains("stay as they are")))
        .hasSize(4);
  }

  private void awaitProblem(String problem) {
    Waiting.until(
        problem, PATIENCE, () -> problem.equals(get("/api/health").getString("degraded")));
  }

  @Test
  void sighupReadsTheSettingsAgainAndSaysSoEvenIfNothingChanged() throws Exception {
    assertThat(limit()).isEqualTo(2);
    gateway.signal("HUP");
    gateway.awaitLine("The settings are unchanged");
    change("limits: {per_minute: 3}\n");
    gateway.signal("HUP");
    Waiting.until("the new limit holds", PATIENCE, () -> limit() == 3);
    assertThat(ready()).isEqualTo(200);
  }

  @Test
  void underLoadALimitChangesAndAProviderComesWithNoRequestLost() throws Exception {
    change("limits: {per_minute: 900000, per_hour: 900000, per_day: 900000}\n");
    Waiting.until("the first limit holds", PATIENCE, () -> limit() == 900_000);
    AtomicBoolean over = new AtomicBoolean();
    Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    try (var upstream = FakeUpstream.start()) {
      upstream.answer(OpenAiScripts.answer(1));
      List<CompletableFuture<Void>> load =
          Stream.generate(() -> CompletableFuture.runAsync(() -> askUntil(over, statuses)))
              .limit(4)
              .toList();
      change(
          "limits: {per_minute: 800000, per_hour: 900000, per_day: 900000}\n"
              + provider(upstream.url()));
      Waiting.until("the new limit holds", PATIENCE, () -> limit() == 800_000);
      Waiting.until(
          "the provider is offered", PATIENCE, () -> get("/api/models").containsKey("late"));
      assertThat(ask("m").statusCode()).isEqualTo(200);
      Waiting.until(
          "much was asked", PATIENCE, () -> statuses.values().stream().anyMatch(n -> n > 50));
      over.set(true);
      load.forEach(CompletableFuture::join);
    }
    assertThat(statuses).containsOnlyKeys(200);
  }

  private void askUntil(AtomicBoolean over, Map<Integer, Integer> statuses) {
    while (!over.get()) {
      int status = ask("demo-count?tokens=2&first_token_ms=0&tokens_per_second=9999").statusCode();
      statuses.merge(status, 1, Integer::sum);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("never told to go on");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String provider(String url) {
    return "providers: {late: {kind: openai-compatible, base_url: '"
        + url
        + "/v1', api_key: k, models: [m]}}\n";
  }
}
