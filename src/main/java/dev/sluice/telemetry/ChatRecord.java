package dev.sluice.telemetry;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Usage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remembered of one chat until it ends, and then becomes its one log line. Counts
 * characters where the upstream does not count tokens.
 */
public final class ChatRecord {
  private static final Logger log = LoggerFactory.getLogger("dev.sluice.chat");

  /** How many characters make a token, roughly, in most languages and models. */
  private static final int CHARS_PER_TOKEN = 4;

  private final ChatMeters meters;
  private final String requestId;
  private final String provider;
  private final ChatRequest request;
  private final long start = System.nanoTime();

  private String model;
  private long firstContent;
  private long chars;
  private @Nullable Usage usage;
  private boolean begun;
  private boolean over;

  public ChatRecord(String requestId, String provider, ChatRequest request, ChatMeters meters) {
    this.meters = meters;
    this.requestId = requestId;
    this.provider = provider;
    this.request = request;
    this.model = request.model();
  }

  public String provider() {
    return provider;
  }

  /** Takes note of {@code events}. */
  public void saw(List<ChatEvent> events) {
    for (ChatEvent event : events) {
      if (event.isContent() && firstContent == 0) {
        firstContent = System.nanoTime();
      }
      if (event instanceof ChatEvent.TextDelta delta) {
        chars += delta.text().length();
      } else if (event instanceof ChatEvent.ReasoningDelta thought) {
        chars += thought.text().length();
      } else if (event instanceof ChatEvent.UsageReport report) {
        usage = report.usage();
      } else if (event instanceof ChatEvent.Served served) {
        model = served.model();
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

  /** The chat was admitted, and is under way until it ends. */
  public void begin() {
    begun = true;
    meters.began();
  }

  private void end(String terminal, int status) {
    if (over) {
      return;
    }
    over = true;
    long now = System.nanoTime();
    Usage cost = usage();
    if (begun) {
      long first = firstContent == 0 ? 0 : firstContent - start;
      meters.ended(provider, request.model(), terminal, cost, first, now - start);
    }
    log.info(
        "chat request={} provider={} model={} stream={} status={} end={} input_tokens={}"
            + " output_tokens={} estimated={} first_token_ms={} duration_ms={}",
        requestId,
        provider,
        printable(model),
        request.stream(),
        status,
        terminal,
        cost.input(),
        cost.output(),
        cost.estimated(),
        firstContent == 0 ? -1 : millis(firstContent - start),
        millis(now - start));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** A name that came from outside must not be able to forge a log line. */
  private static String printable(String name) {
    return name.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
