package dev.sluice.wire.page;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.Price;
import dev.sluice.chat.Usage;
import dev.sluice.wire.JsonOutput;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one streamed answer as the page reads it: events {@code chunk}, then exactly one {@code
 * done} or {@code error}. Each event has the id {@code <stream>-<n>}, n from 0 without gaps.
 *
 * <p>Texts that come together leave together, as one event.
 */
public final class PageAnswerWriter {
  private static final byte[] ID = JsonOutput.constant("id: ");
  private static final byte[] CHUNK =
      JsonOutput.constant("\ndata: {\"type\":\"chunk\",\"content\":\"");
  private static final byte[] THOUGHT =
      JsonOutput.constant("\ndata: {\"type\":\"chunk\",\"content\":\"\",\"reasoning\":\"");
  private static final byte[] DONE = JsonOutput.constant("\ndata: {\"type\":\"done\"");
  private static final byte[] ERROR = JsonOutput.constant("\ndata: {\"type\":\"error\",\"error\":");
  private static final byte[] MODEL = JsonOutput.constant(",\"model\":");
  private static final byte[] END = JsonOutput.constant("}\n\n");
  private static final byte[] HEARTBEAT = JsonOutput.constant(": keep-alive\n\n");

  private final Price price;
  private final String stream;
  private final String idPrefix;
  private byte[] chunkEnd;
  private String model;
  private long next;
  private final Supplier<Usage> estimate;
  private @Nullable Usage usage;
  private @Nullable FinishReason finish;

  /** What the event that is being written carries, if it is a chunk. */
  private enum Open {
    NOTHING,
    TEXT,
    THOUGHT
  }

  private Open open = Open.NOTHING;

  /**
   * @param stream the stream's id, which is also the request's
   * @param model the model that was asked for, until the upstream names the one that serves
   * @param price what its tokens cost
   * @param estimate what the answer cost if the upstream does not tell; asked for at its end
   */
  public PageAnswerWriter(String stream, String model, Price price, Supplier<Usage> estimate) {
    this.price = price;
    this.stream = stream;
    this.idPrefix = stream + "-";
    this.model = model;
    this.chunkEnd = chunkEnd(model);
    this.estimate = estimate;
  }

  /** Writes what is to be sent while there is nothing to say: a comment, which readers skip. */
  public static void heartbeat(JsonOutput out) {
    out.raw(HEARTBEAT);
  }

  /** Writes {@code events} in order. */
  public void write(List<ChatEvent> events, JsonOutput out) {
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.TextDelta delta) {
        chunk(Open.TEXT, delta.text(), out);
      } else if (event instanceof ChatEvent.RefusalDelta refusal) {
        chunk(Open.TEXT, refusal.text(), out);
      } else if (event instanceof ChatEvent.ReasoningDelta thought) {
        chunk(Open.THOUGHT, thought.text(), out);
      } else if (event instanceof ChatEvent.Served served) {
        model = served.model();
        chunkEnd = chunkEnd(model);
      } else if (event instanceof ChatEvent.UsageReport report) {
        usage = report.usage();
      } else if (event instanceof ChatEvent.Finished finished) {
        finish = finished.reason();
      } else if (event instanceof ChatEvent.Done) {
        close(out);
        done(out);
      } else if (event instanceof ChatEvent.Failed failed) {
        close(out);
        error(failed.failure(), out);
      }
    }
    close(out);
  }

  private void chunk(Open kind, String text, JsonOutput out) {
    if (text.isEmpty()) {
      return;
    }
    if (open != kind) {
      close(out);
      begin(out).raw(kind == Open.TEXT ? CHUNK : THOUGHT);
      open = kind;
    }
    out.content(text);
  }

  private void close(JsonOutput out) {
    if (open != Open.NOTHING) {
      out.raw(chunkEnd);
      open = Open.NOTHING;
    }
  }

  private JsonOutput begin(JsonOutput out) {
    return out.raw(ID).raw(idPrefix).number(next++);
  }

  private void done(JsonOutput out) {
    begin(out).raw(DONE).raw(MODEL).string(model).raw(",\"usage\":");
    PageUsage.write(usage == null ? estimate.get() : usage, price, out);
    if (finish != null) {
      out.raw(",\"finish_reason\":").string(finish.wireName());
    }
    out.raw(END);
  }

  private void error(Failure failure, JsonOutput out) {
    begin(out).raw(ERROR).string(failure.message());
    out.raw(",\"code\":").string(failure.fault().code());
    if (failure.retryAfterSeconds() != null) {
      out.raw(",\"retry_after\":").number(failure.retryAfterSeconds());
    }
    out.raw(",\"request_id\":").string(stream).raw(END);
  }

  private static byte[] chunkEnd(String model) {
    return new JsonOutput().raw("\"").raw(MODEL).string(model).raw(END).toBytes();
  }
}
