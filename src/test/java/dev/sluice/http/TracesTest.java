package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RecordedRequest;
import dev.sluice.upstream.Waiting;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector of traces is sent, by OTLP over real HTTP. */
class TracesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String TRACEPARENT = "traceparent: 00-" + TRACE + "-" + PARENT + "-01";

  private final Queue<ExportTraceServiceRequest> received = new ConcurrentLinkedQueue<>();
  private final FakeUpstream upstream = FakeUpstream.start();
  private HttpServer collector;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::receive);
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
    upstream.close();
  }

  private void receive(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    var body = exchange.getRequestBody();
    received.add(ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(body) : body));
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private TestGateway gateway(String more) throws Exception {
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    return TestGateway.start(
        Asking.settings(upstream.url(), "") + "traces: {endpoint: '" + endpoint + "'" + more + "}");
  }

  private List<Span> spans() {
    return received.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  private Span await(Span.SpanKind kind) {
    Waiting.until(
        "a span",
        Duration.ofSeconds(20),
        () -> spans().stream().anyMatch(span -> span.getKind() == kind));
    return spans().stream().filter(span -> span.getKind() == kind).findFirst().orElseThrow();
  }

  /** The next question; others look for the models that it has. */
  private RecordedRequest question() {
    RecordedRequest request = upstream.takeRequest();
    return request.method().equals("POST") ? request : question();
  }

  private static String hex(com.google.protobuf.ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static String attributes(Span span) {
    return span.getAttributesList().toString();
  }

  @Test
  void aChatAndItsAttemptAreSpansOfTheCallersTrace() throws Exception {
    upstream.answer(OpenAiScripts.stream(3));
    try (var gateway = gateway("")) {
      var answer = Asking.post(gateway.port(), Asking.STREAM, Asking.question("m"), TRACEPARENT);
      assertThat(answer.status()).isEqualTo(200);
    } // whoever stops sends what it still has
    Span chat = await(Span.SpanKind.SPAN_KIND_SERVER);
    Span attempt = await(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(hex(chat.getTraceId())).isEqualTo(TRACE);
    assertThat(hex(chat.getParentSpanId())).isEqualTo(PARENT);
    assertThat(attempt.getParentSpanId()).isEqualTo(chat.getSpanId());
    assertThat(attempt.getName()).isEqualTo("chat m");
    assertThat(attributes(attempt))
        .contains("gen_ai.provider.name", "fake", "gen_ai.usage.output_tokens", "stop")
        .doesNotContain("hello");
    assertThat(spans()).hasSize(2);
    assertThat(received.peek().getResourceSpans(0).getResource().toString())
        .contains("service.name", "sluice");
  }

  @Test
  void upstreamsAreToldOfTheTraceOnlyIfTheSettingsSaySo() throws Exception {
    upstream.answer(OpenAiScripts.stream(3));
    for (boolean wanted : new boolean[] {false, true}) {
      try (var gateway = gateway(", upstream: " + wanted)) {
        Asking.post(gateway.port(), Asking.STREAM, Asking.question("m"), TRACEPARENT);
      }
      String told = question().header("traceparent");
      if (wanted) {
        assertThat(told).startsWith("00-" + TRACE + "-").endsWith("-01").doesNotContain(PARENT);
      } else {
        assertThat(told).isNull();
      }
    }
  }

  @Test
  void aFailureIsAnErrorByItsCode() throws Exception {
    upstream.answer(reply -> reply.json(500, "{}"));
    try (var gateway = gateway(", headers: {x-team: a}, service: other")) {
      Asking.post(gateway.port(), Asking.STREAM, Asking.question("m"));
    }
    Span chat = await(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(chat.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(attributes(chat)).contains("error.type", "upstream_error");
  }

  @Test
  void aCollectorThatIsAwayHoldsNobodyUp() throws Exception {
    upstream.answer(OpenAiScripts.stream(3));
    collector.stop(0);
    try (var gateway = gateway("")) {
      assertThat(Asking.post(gateway.port(), Asking.STREAM, Asking.question("m")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void whatTheCallerHasLeftOutOfTheTraceIsNotTraced() throws Exception {
    upstream.answer(OpenAiScripts.stream(3));
    try (var gateway = gateway("")) {
      String notSampled = TRACEPARENT.substring(0, TRACEPARENT.length() - 1) + "0";
      Asking.post(gateway.port(), Asking.STREAM, Asking.question("m"), notSampled);
    }
    assertThat(spans()).isEmpty();
  }
}
