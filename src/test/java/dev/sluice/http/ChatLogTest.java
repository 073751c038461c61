package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.TestGateway;
import dev.sluice.http.identity.NewApiKey;
import dev.sluice.upstream.Waiting;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The one line that a chat leaves. */
class ChatLogTest {
  private static final NewApiKey ALICE = NewApiKey.generate(new SecureRandom());

  private final Logger chats = (Logger) LoggerFactory.getLogger("dev.sluice.chat");
  private final Logger contents = (Logger) LoggerFactory.getLogger("dev.sluice.content");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    for (Logger logger : List.of(chats, contents)) {
      logger.setLevel(Level.INFO);
      logger.addAppender(lines);
    }
  }

  @AfterEach
  void leave() {
    for (Logger logger : List.of(chats, contents)) {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
  }

  private Map<String, Object> only(String request) {
    Waiting.until("a line", Duration.ofSeconds(10), () -> !of(request).isEmpty());
    assertThat(of(request)).hasSize(1);
    return of(request).get(0);
  }

  private List<Map<String, Object>> of(String request) {
    return List.copyOf(lines.list).stream()
        .map(
            line ->
                line.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)))
        .filter(line -> request.equals(line.get("request")))
        .toList();
  }

  @Test
  void aChatLeavesOneLineOfFactsAndNothingThatWasSaid() throws Exception {
    try (var gateway = TestGateway.start("")) {
      var answer = Asking.post(gateway.port(), Asking.STREAM, Asking.count(5, 0));
      Map<String, Object> line = only(answer.head().headers().get("x-request-id"));
      assertThat(line)
          .containsEntry("provider", "demo")
          .containsEntry("stream", true)
          .containsEntry("attempts", 1)
          .containsEntry("status", 200)
          .containsEntry("end", "done")
          .containsEntry("output_tokens", 5L)
          .containsEntry("cost", 0.0)
          .containsKeys("gateway_ms", "first_token_ms", "duration_ms", "estimated")
          .doesNotContainKey("trace_id");
      assertThat((String) line.get("client")).startsWith("ip4_").doesNotContain("127.0.0.1");
      assertThat(line.toString()).doesNotContain("hello");
    }
  }

  @Test
  void whoIsRefusedLeavesOneToo() throws Exception {
    try (var gateway = TestGateway.start("limits: {per_minute: 1}")) {
      Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0));
      var refused = Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 0));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(only(refused.head().headers().get("x-request-id")))
          .containsEntry("end", "rate_limited")
          .containsEntry("status", 429)
          .containsEntry("attempts", 0);
    }
  }

  @Test
  void whatAKeyHolderSaysIsLoggedOnlyIfTheSettingsSaySo() throws Exception {
    for (boolean wanted : new boolean[] {false, true}) {
      String settings =
          "keys: {clients: {alice: {hash: %s, log_content: %s}}}".formatted(ALICE.hash(), wanted);
      try (var gateway = TestGateway.start(settings)) {
        var answer =
            Asking.post(
                gateway.port(),
                Asking.WHOLE,
                Asking.count(3, 0),
                "authorization: Bearer " + ALICE.key().reveal());
        assertThat(answer.status()).isEqualTo(200);
        String request = answer.head().headers().get("x-request-id");
        Waiting.until(
            "its lines", Duration.ofSeconds(10), () -> of(request).size() == (wanted ? 2 : 1));
        assertThat(of(request).toString().contains("hello")).isEqualTo(wanted);
        if (wanted) {
          assertThat(of(request).get(1)).containsEntry("answer", Asking.numbers(3));
        }
      }
    }
  }
}
