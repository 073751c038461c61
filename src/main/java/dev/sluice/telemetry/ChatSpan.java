package dev.sluice.telemetry;

import dev.sluice.chat.ChatRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one chat: its own span, and the one of its attempt. Attributes are those of
 * OpenTelemetry's conventions for generative AI, v1.41; what was said is none of them.
 */
final class ChatSpan {
  private static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

  private final Tracer tracer;
  private final Span chat;
  private final boolean upstream;
  private Span attempt = Span.getInvalid();

  ChatSpan(Tracer tracer, Span chat, boolean upstream) {
    this.tracer = tracer;
    this.chat = chat;
    this.upstream = upstream;
  }

  /** In lower-case hexadecimal digits; null if nothing is traced. */
  @Nullable String traceId() {
    SpanContext context = chat.getSpanContext();
    return context.isValid() ? context.getTraceId() : null;
  }

  /** The question is put to an upstream. */
  void ask(String provider, ChatRequest request) {
    if (!chat.getSpanContext().isValid()) {
      return;
    }
    attempt =
        tracer
            .spanBuilder("chat " + request.model())
            .setSpanKind(SpanKind.CLIENT)
            .setParent(Context.root().with(chat))
            .startSpan();
    for (Span span : List.of(chat, attempt)) {
      span.setAttribute("gen_ai.operation.name", "chat")
          .setAttribute("gen_ai.provider.name", provider)
          .setAttribute("gen_ai.request.model", request.model())
          .setAttribute("gen_ai.request.stream", request.stream());
      if (request.options().maxTokens() != null) {
        span.setAttribute("gen_ai.request.max_tokens", (long) request.options().maxTokens());
      }
      if (request.options().temperature() != null) {
        span.setAttribute("gen_ai.request.temperature", (double) request.options().temperature());
      }
    }
  }

  /** What the upstream is told of the trace (W3C Trace Context, section 3.2); null for nothing. */
  @Nullable String traceparent() {
    SpanContext context = attempt.getSpanContext();
    if (!upstream || !context.isValid()) {
      return null;
    }
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  void end(String requestId, ChatEnd end) {
    if (!chat.getSpanContext().isValid()) {
      return;
    }
    chat.setAttribute("sluice.request.id", requestId)
        .setAttribute("http.response.status_code", (long) end.status());
    for (Span span : List.of(attempt, chat)) {
      span.setAttribute("gen_ai.response.model", end.model())
          .setAttribute("gen_ai.usage.input_tokens", end.usage().input())
          .setAttribute("gen_ai.usage.output_tokens", end.usage().output());
      if (end.finish() != null) {
        span.setAttribute(FINISH_REASONS, List.of(end.finish()));
      }
      if (end.firstNanos() > 0) {
        span.setAttribute(
            "gen_ai.response.time_to_first_chunk",
            (double) end.firstNanos() / TimeUnit.SECONDS.toNanos(1));
      }
      if (!end.how().equals("done")) {
        span.setAttribute("error.type", end.how()).setStatus(StatusCode.ERROR, end.how());
      }
      span.end();
    }
  }
}
