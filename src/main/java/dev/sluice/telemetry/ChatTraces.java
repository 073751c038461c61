package dev.sluice.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Traces of chats: a span for each, and beneath it one for each attempt at an upstream. They are
 * sent by OTLP over HTTP from a thread of its own; what it cannot get rid of in time is dropped,
 * and no chat waits for it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public final class ChatTraces implements AutoCloseable {
  /** No traces at all. */
  public static final ChatTraces NONE =
      new ChatTraces(TracerProvider.noop().get("sluice"), null, false);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LAST_SECONDS = 5;

  private final Tracer tracer;
  private final @Nullable SdkTracerProvider provider;
  private final boolean upstream;

  private ChatTraces(Tracer tracer, @Nullable SdkTracerProvider provider, boolean upstream) {
    this.tracer = tracer;
    this.provider = provider;
    this.upstream = upstream;
  }

  /**
   * Traces to a collector.
   *
   * @param endpoint its URL, without {@code /v1/traces}
   * @param sample the part of chats that is traced where the caller did not decide it
   * @param upstream whether upstreams are told the trace
   */
  public static ChatTraces to(
      String endpoint,
      Map<String, String> headers,
      String service,
      String version,
      double sample,
      boolean upstream) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint + "/v1/traces")
            .setHeaders(() -> headers)
            .setTimeout(PATIENCE)
            .build();
    Attributes attributes =
        Attributes.of(
            AttributeKey.stringKey("service.name"),
            service,
            AttributeKey.stringKey("service.version"),
            version);
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.create(attributes)))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sample)))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    return new ChatTraces(provider.get("sluice", version), provider, upstream);
  }

  /**
   * Begins the span of a chat.
   *
   * @param headers what the caller sent, by name; null for what it did not
   */
  ChatSpan begin(String model, UnaryOperator<@Nullable String> headers) {
    if (provider == null) {
      return new ChatSpan(tracer, Span.getInvalid(), false);
    }
    Context caller =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
    Span span =
        tracer
            .spanBuilder("chat " + model)
            .setSpanKind(SpanKind.SERVER)
            .setParent(caller)
            .startSpan();
    return new ChatSpan(tracer, span, upstream);
  }

  @Override
  public void close() {
    if (provider != null) {
      provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static final TextMapGetter<UnaryOperator<@Nullable String>> HEADERS =
      new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // not asked for, but abstract
        public Iterable<String> keys(UnaryOperator<@Nullable String> carrier) {
          return List.of();
        }

        @Override
        public @Nullable String get(@Nullable UnaryOperator<@Nullable String> carrier, String key) {
          return carrier == null ? null : carrier.apply(key);
        }
      };
}
