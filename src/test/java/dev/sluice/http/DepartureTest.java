package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DepartureTest {
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Consumer<Reply> ENDLESS = OpenAiScripts.endless(PACE);

  private static OneUpstream relay;

  @BeforeAll
  static void start() throws Exception {
    relay = OneUpstream.start("hold_status: 30s");
  }

  @AfterAll
  static void stop() throws Exception {
    relay.close();
  }

  /** What a departure leaves behind must not be in the way of the next chat. */
  @AfterEach
  void theNextChatIsAnswered() throws IOException {
    relay.upstream().answer(OpenAiScripts.stream(3));
    assertThat(Asking.post(relay.port(), Asking.STREAM, Asking.question("m")).body())
        .contains("\"type\":\"done\"");
    relay.takeConnection();
  }

  private interface Leaving {
    void leave(RawClient client) throws IOException;
  }

  private record Way(String name, Leaving leaving, String... headers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way("FIN", RawClient::leave),
        new Way("RST", RawClient::reset),
        new Way("half-close", RawClient::halfClose),
        new Way("FIN of connection: close", RawClient::leave, "connection: close"),
        new Way("RST of connection: close", RawClient::reset, "connection: close"));
  }

  private static void ask(RawClient client, String path, Consumer<Reply> script, Way way)
      throws IOException {
    relay.upstream().answer(script);
    client.post(path, Asking.question("m"), way.headers());
  }

  private static void leave(RawClient client, Way way) throws IOException {
    int connection = relay.takeConnection();
    way.leaving().leave(client);
    relay.awaitReset(connection);
  }

  private static void leavingAtOnceResets(String path, Consumer<Reply> script, Way way)
      throws IOException {
    try (var client = relay.connect()) {
      ask(client, path, script, way);
      leave(client, way);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingInMidAnswerResetsTheUpstream(Way way) throws IOException {
    try (var client = relay.connect()) {
      ask(client, Asking.STREAM, ENDLESS, way);
      client.readHead();
      assertThat(client.events().next()).isNotNull();
      leave(client, way);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingBeforeTheFirstTokenResetsTheUpstream(Way way) throws IOException {
    leavingAtOnceResets(
        Asking.STREAM, reply -> reply.sse().event(OpenAiScripts.role()).stall(), way);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingBeforeTheUpstreamHasAnsweredAtAllResetsIt(Way way) throws IOException {
    leavingAtOnceResets(Asking.STREAM, Reply::stall, way);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingAnAnswerThatIsNotStreamedResetsTheUpstream(Way way) throws IOException {
    leavingAtOnceResets(Asking.WHOLE, Reply::stall, way);
    leavingAtOnceResets(
        Asking.WHOLE,
        reply -> reply.head(200, "content-type: application/json").chunk("{\"id\":").stall(),
        way);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void leavingAConnectionThatHasServedBeforeResetsTheUpstream(Way way) throws IOException {
    try (var client = relay.connect()) {
      relay.upstream().answer(OpenAiScripts.stream(3));
      for (int chat = 0; chat < 3; chat++) {
        client.post(Asking.STREAM, Asking.question("m")).readHead();
        assertThat(client.readBody().complete()).isTrue();
        relay.takeConnection();
      }
      ask(client, Asking.STREAM, ENDLESS, way);
      client.readHead();
      assertThat(client.events().next()).isNotNull();
      leave(client, way);
    }
  }

  @Test
  void leavingWithMoreRequestsInThePipeResetsTheUpstream() throws IOException {
    var way = ways().findFirst().orElseThrow();
    try (var client = relay.connect()) {
      ask(client, Asking.STREAM, ENDLESS, way);
      for (int more = 0; more < 20; more++) {
        client.post(Asking.STREAM, Asking.question("m"));
      }
      client.readHead();
      assertThat(client.events().next()).isNotNull();
      leave(client, way);
    }
    assertThat(relay.upstream().waitingRequests()).isZero();
  }
}
