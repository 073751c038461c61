package dev.sluice.telemetry;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Price;
import dev.sluice.chat.Usage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What is remembered of one chat until it ends, and then becomes its one log line, its trace and a
 * part of the numbers. Counts characters where the upstream does not count tokens.
 */
public final class ChatRecord {
  private static final Logger log = LoggerFactory.getLogger("dev.sluice.chat");
  private static final Logger contentLog = LoggerFactory.getLogger("dev.sluice.content");

  /** How many characters make a token, roughly, in most languages and models. */
  private static final int CHARS_PER_TOKEN = 4;

  private final Telemetry telemetry;
  private final String requestId;
  private final String provider;
  private final ChatRequest request;
  private final ChatSpan span;
  private final long start;

  private String client = "";
  private Price price = Price.FREE;
  private String model;
  private long asked;
  private long firstContent;
  private long chars;
  private @Nullable StringBuilder content;
  private @Nullable Usage usage;
  private @Nullable String finish;
  private boolean over;

  /**
   * @param start when the request was there, by {@link System#nanoTime}
   * @param headers what the caller sent, by name; null for what it did not
   */
  public ChatRecord(
      Telemetry telemetry,
      String requestId,
      String provider,
      ChatRequest request,
      long start,
      UnaryOperator<@Nullable String> headers) {
    this.telemetry = telemetry;
    this.requestId = requestId;
    this.provider = provider;
    this.request = request;
    this.start = start;
    this.model = request.model();
    this.span = telemetry.traces().begin(request.model(), headers);
  }

  public String provider() {
    return provider;
  }

  /** The trace that the chat belongs to; null if nothing is traced. */
  public @Nullable String traceId() {
    return span.traceId();
  }

  /** What the upstream is told of the trace; null for nothing. */
  public @Nullable String traceparent() {
    return span.traceparent();
  }

  /**
   * The limits let it begin, and its question is on its way.
   *
   * @param client who asks, in a word that says nothing about it
   * @param keepContent whether what is asked and answered is logged
   */
  public void begin(String client, Price price, boolean keepContent) {
    this.client = client;
    this.price = price;
    this.content = keepContent ? new StringBuilder() : null;
    asked = System.nanoTime();
    telemetry.meters().began();
    telemetry.meters().asked(asked - start);
    span.ask(provider, request);
  }

  /** Takes note of {@code events}. */
  public void saw(List<ChatEvent> events) {
    for (ChatEvent event : events) {
      if (event.isContent() && firstContent == 0) {
        firstContent = System.nanoTime();
      }
      if (event instanceof ChatEvent.TextDelta delta) {
        chars += delta.text().length();
        if (content != null) {
          content.append(delta.text());
        }
      } else if (event instanceof ChatEvent.ReasoningDelta thought) {
        chars += thought.text().length();
      } else if (event instanceof ChatEvent.UsageReport report) {
        usage = report.usage();
      } else if (event instanceof ChatEvent.Served served) {
        model = served.model();
      } else if (event instanceof ChatEvent.Finished finished) {
        finish = finished.reason().wireName();
      } else if (event instanceof ChatEvent.Done) {
        end("done", 200);
      } else if (event instanceof ChatEvent.Failed failed) {
        end(failed.failure().fault().code(), 200);
      }
    }
  }

  /** The chat was refused before its answer began. */
  public void refused(Failure failure) {
    end(failure.fault().code(), failure.fault().status());
  }

  /** The client left before the answer was over. */
  public void left() {
    end("cancelled", 499);
  }

  /** What the answer cost: by the upstream's word, else by an estimate. */
  public Usage usage() {
    if (usage != null) {
      return usage;
    }
    long input = request.messages().stream().mapToLong(m -> m.text().length()).sum();
    return new Usage(tokens(input), tokens(chars), 0, 0, 0, true);
  }

  private static long tokens(long chars) {
    return (chars + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
  }

  private void end(String how, int status) {
    if (over) {
      return;
    }
    over = true;
    long now = System.nanoTime();
    Usage cost = usage();
    ChatEnd end =
        new ChatEnd(
            provider,
            request.model(),
            model,
            how,
            status,
            finish,
            cost,
            asked == 0 ? 0 : price.of(cost).microdollars(),
            asked == 0 ? 0 : asked - start,
            firstContent == 0 ? 0 : firstContent - start,
            now - start);
    if (asked != 0) {
      telemetry.meters().ended(end);
      telemetry.signs().ended(provider, how);
    }
    span.end(requestId, end);
    write(end);
  }

  private void write(ChatEnd end) {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("request", requestId)
            .addKeyValue("client", client)
            .addKeyValue("provider", provider)
            .addKeyValue("model", printable(end.model()))
            .addKeyValue("stream", request.stream())
            .addKeyValue("attempts", asked == 0 ? 0 : 1)
            .addKeyValue("status", end.status())
            .addKeyValue("end", end.how())
            .addKeyValue("input_tokens", end.usage().input())
            .addKeyValue("output_tokens", end.usage().output())
            .addKeyValue("estimated", end.usage().estimated())
            .addKeyValue("cost", (double) end.cost() / 1_000_000)
            .addKeyValue("gateway_ms", millis(end.gatewayNanos()))
            .addKeyValue("first_token_ms", end.firstNanos() == 0 ? -1.0 : millis(end.firstNanos()))
            .addKeyValue("duration_ms", millis(end.allNanos()));
    if (traceId() != null) {
      line = line.addKeyValue("trace_id", traceId());
    }
    line.log("chat");
    if (content != null) {
      contentLog
          .atInfo()
          .addKeyValue("request", requestId)
          .addKeyValue("client", client)
          .addKeyValue("question", request.messages().get(request.messages().size() - 1).text())
          .addKeyValue("answer", content.toString())
          .log("content");
    }
  }

  /** With three digits behind the point, since the gateway's own part is short. */
  private static double millis(long nanos) {
    return (double) TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000;
  }

  /** A name that came from outside must not be able to forge a log line. */
  private static String printable(String name) {
    return name.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
