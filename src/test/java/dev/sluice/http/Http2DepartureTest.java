package dev.sluice.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Http2DepartureTest {
  private static final long CANCEL = 8;
  private static final Consumer<Reply> ENDLESS = OpenAiScripts.endless(Duration.ofMillis(20));

  private static final Vertx vertx = Vertx.vertx();
  private static OneUpstream relay;
  private HttpClientAgent client;

  @BeforeAll
  static void start() throws Exception {
    var certificate = TestCertificates.localhost();
    relay =
        OneUpstream.start(
            "hold_status: 30s, heartbeat: 1s, idle_timeout: 2s, max_body: 1KiB, tls: {certificate: '%s', key: '%s'}"
                .formatted(certificate.certificateFile(), certificate.keyFile()));
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(10, SECONDS);
    relay.close();
  }

  @BeforeEach
  void connect() {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(
                    new PemTrustOptions()
                        .addCertPath(TestCertificates.authority().certificateFile().toString())));
  }

  private record Way(String name, Consumer<HttpClientRequest> leaving) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way("RST_STREAM", request -> request.reset(CANCEL)),
        new Way("close of the connection", request -> request.connection().close()));
  }

  private HttpClientRequest request(String path) throws Exception {
    var request =
        client
            .request(HttpMethod.POST, relay.port(), "localhost", path)
            .await(10, SECONDS)
            .putHeader("content-type", "application/json");
    assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
    return request;
  }

  private static void leave(HttpClientRequest request, Way way) {
    int connection = relay.takeConnection();
    vertx.runOnContext(now -> way.leaving().accept(request));
    relay.awaitReset(connection);
  }

  private void leavingAtOnceResets(String path, Consumer<Reply> script, Way way) throws Exception {
    relay.upstream().answer(script);
    var request = request(path);
    request.send(Asking.question("m"));
    leave(request, way);
  }

  private HttpClientRequest streaming() throws Exception {
    relay.upstream().answer(ENDLESS);
    var request = request(Asking.STREAM);
    var first = new CompletableFuture<Buffer>();
    request
        .send(Asking.question("m"))
        .onSuccess(response -> response.exceptionHandler(left -> {}).handler(first::complete));
    assertThat(first.get(10, SECONDS).toString()).startsWith("id: ");
    return request;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingInMidAnswerResetsTheUpstream(Way way) throws Exception {
    leave(streaming(), way);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingBeforeTheFirstTokenResetsTheUpstream(Way way) throws Exception {
    leavingAtOnceResets(Asking.STREAM, Reply::stall, way);
    leavingAtOnceResets(
        Asking.STREAM, reply -> reply.sse().event(OpenAiScripts.role()).stall(), way);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingAnAnswerThatIsNotStreamedResetsTheUpstream(Way way) throws Exception {
    leavingAtOnceResets(Asking.WHOLE, Reply::stall, way);
  }

  @Test
  void leavingOneStreamLeavesTheOthersOfItsConnectionAlone() throws Exception {
    var one = streaming();
    int left = relay.takeConnection();
    var other = streaming();
    assertThat(other.connection()).isSameAs(one.connection());
    int kept = relay.takeConnection();
    vertx.runOnContext(now -> one.reset(CANCEL));
    relay.awaitReset(left);
    goesOn(kept);
    vertx.runOnContext(now -> other.reset(CANCEL));
    relay.awaitReset(kept);
  }

  @Test
  void aRefusedBodyEndsItsOwnStreamOnly() throws Exception {
    var streaming = streaming();
    int kept = relay.takeConnection();
    var tooLong = request(Asking.STREAM);
    tooLong.setChunked(true).write(Buffer.buffer(new byte[4_000]));
    var response = tooLong.response().await(10, SECONDS);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.getHeader("connection")).isNull();
    // Longer than the gateway gives a connection that it wants to be rid of.
    goesOn(kept);
    vertx.runOnContext(now -> streaming.reset(CANCEL));
    relay.awaitReset(kept);
  }

  @Test
  void aConnectionWhoseOnlyStreamWasResetIsIdleAndIsClosed() throws Exception {
    var request = streaming();
    var closed = new CompletableFuture<Void>();
    request.connection().closeHandler(closed::complete);
    leave(request, new Way("RST_STREAM", one -> one.reset(CANCEL)));
    closed.get(10, SECONDS);
  }

  private static void goesOn(int connection) {
    long before = relay.upstream().bytesWritten(connection);
    Waiting.until(
        "the stream goes on", () -> relay.upstream().bytesWritten(connection) > before + 12_000);
  }
}
