package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.TestGateway;
import dev.sluice.upstream.AnthropicScripts;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import dev.sluice.upstream.TestCertificates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever goes wrong, nothing that is secret or private comes out of the wrong side: neither to
 * clients nor into the log.
 */
class CanaryTest {
  private static final String KEY = "canary_key";
  private static final String HEADER = "canary_header";
  private static final String PROMPT = "canary_prompt";
  private static final String VENDOR = "canary_vendor";
  private static final String SSE = "content-type: text/event-stream";

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Map<Logger, Level> levels = new HashMap<>();
  private final Recorder recorder = new Recorder();
  private final List<String> told = new ArrayList<>();
  private final FakeUpstream upstream = FakeUpstream.start();
  private final FakeUpstream untrusted = FakeUpstream.startTls(TestCertificates.selfSigned());
  private TestGateway gateway;

  /** Remembers all that is logged, stack traces included. */
  private static final class Recorder extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          event.getLoggerName()
              + " "
              + event.getFormattedMessage()
              + " "
              + event.getKeyValuePairs());
      IThrowableProxy thrown = event.getThrowableProxy();
      while (thrown != null) {
        lines.add(thrown.getClassName() + ": " + thrown.getMessage());
        thrown = thrown.getCause();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    recorder.start();
    root.addAppender(recorder);
    for (Logger logger : root.getLoggerContext().getLoggerList()) {
      if (logger.getLevel() != null) {
        levels.put(logger, logger.getLevel());
        logger.setLevel(Level.DEBUG);
      }
    }
    String provider =
        "base_url: '"
            + upstream.url()
            + "', api_key: "
            + KEY
            + ", headers: {x-team: "
            + HEADER
            + "}, timeouts: {first_token: 2s, silence: 300ms}";
    gateway =
        TestGateway.start(
            """
            http: {port: 0, instances: 1, drain: 0s}
            demo: {enabled: false}
            providers:
              up: {kind: openai-compatible, PROVIDER}
              anthropic: {PROVIDER}
              closed:
                kind: openai-compatible
                base_url: 'http://127.0.0.1:%d'
                api_key: canary_key
              untrusted:
                kind: openai-compatible
                base_url: '%s'
                api_key: canary_key
            """
                .formatted(FakeUpstream.closedPort(), untrusted.url())
                .replace("PROVIDER", provider));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    root.detachAppender(recorder);
    levels.forEach(Logger::setLevel);
    upstream.close();
    untrusted.close();
  }

  private void ask(String provider, Consumer<Reply> script) {
    upstream.answer(script);
    for (String path : List.of("/api/chat", "/api/chat/stream")) {
      PageReply reply = PageReply.post(gateway, path, provider, PROMPT + " " + path);
      told.add(reply.raw() + reply.head().headers());
    }
  }

  /** Every shape in which the vendor may say something that is nobody else's business. */
  private void refusals() {
    String said = KEY + HEADER + PROMPT + VENDOR;
    for (int status : new int[] {301, 400, 401, 403, 404, 413, 422, 429, 500, 503, 529}) {
      ask("up", OpenAiScripts.error(status, "invalid_request_error", said));
      ask("anthropic", AnthropicScripts.error(status, "invalid_request_error", said));
    }
    String param =
        "{\"error\":{\"message\":\"x\",\"type\":\"t\",\"param\":\"%s\",\"code\":\"%s\"}}";
    ask("up", reply -> reply.json(400, param.formatted(said + " and more", said)));
    ask("up", reply -> reply.json(400, param.formatted(VENDOR, VENDOR)));
    ask("up", reply -> reply.json(400, "{\"error\":\"" + said + "\"}", "x-why: " + said));
    ask("up", reply -> reply.json(400, "{\"detail\":[{\"msg\":\"" + said + "\"}]}"));
    ask("up", reply -> reply.whole(502, "text/html", "<h1>" + said + "</h1>"));
    ask("up", reply -> reply.whole(200, "text/html", "<h1>" + said + "</h1>"));
    ask("up", reply -> reply.json(200, said));
    ask("up", reply -> reply.json(200, "{\"error\":{\"message\":\"" + said + "\"}}"));
    ask("up", reply -> reply.redirect(302, upstream.url() + "/" + said).end());
    ask("up", reply -> reply.json(429, "{}", "retry-after: " + said));
    ask("up", reply -> reply.head(200, SSE, "content-encoding: " + said).end());
  }

  private void breaks() {
    String said = KEY + HEADER + PROMPT + VENDOR;
    ask("closed", Reply::reset);
    ask("untrusted", Reply::reset);
    ask("up", Reply::reset);
    ask("up", reply -> reply.raw(said + "\r\n\r\n").cut());
    ask("up", reply -> reply.raw("HTTP/1.1 " + said + "\r\n\r\n").cut());
    ask("up", reply -> reply.head(200, SSE, "x: " + said.repeat(2_000)).end());
    ask("up", reply -> tokens(reply).cut());
    ask("up", reply -> tokens(reply).reset());
    ask("up", reply -> tokens(reply).raw(said + "\r\n").cut());
    ask("up", reply -> tokens(reply).end());
    ask("up", reply -> tokens(reply).chunk("data: " + said + "\n\n".repeat(9)).end());
    ask("up", reply -> tokens(reply).event("{\"error\":{\"message\":\"" + said + "\"}}").end());
    ask("up", reply -> tokens(reply).event("error", said).end());
    ask("up", reply -> reply.sse().event("{\"error\":\"" + said + "\"}").end());
    for (String type : List.of("overloaded_error", "api_error", VENDOR)) {
      ask(
          "anthropic",
          reply -> AnthropicScripts.errorEvent(AnthropicScripts.start(reply), type, said).end());
    }
  }

  private static Reply tokens(Reply reply) {
    return OpenAiScripts.tokens(reply.sse(), 2, Duration.ZERO);
  }

  @Test
  void noCanaryGetsOut() {
    Upstreams.awaitListed(upstream, 2);
    refusals();
    breaks();
    assertThat(told)
        .hasSize(100)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(KEY, HEADER, PROMPT, VENDOR)
                    .doesNotContain(
                        "Exception", "dev.sluice", "io.vertx", "io.netty", "127.0.0.1"));
    assertThat(recorder.lines)
        .as("the log is recorded")
        .anyMatch(line -> line.startsWith("dev.sluice.chat chat [request="));
    assertThat(recorder.lines)
        .as("the operator is told what is wrong with a certificate")
        .anyMatch(
            line -> line.contains("provider=\"untrusted\"") && line.contains("certification path"));
    assertThat(recorder.lines)
        .allSatisfy(line -> assertThat(line).doesNotContain(KEY, HEADER, PROMPT, VENDOR));
  }
}
