package dev.sluice.wire.page;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.Price;
import dev.sluice.chat.Usage;
import dev.sluice.wire.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers one answer and writes it whole: {@code {message, model, usage, finish_reason?}}. */
public final class PageAnswer {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();
  private final Price price;
  private String model;
  private @Nullable Usage usage;
  private @Nullable FinishReason finish;

  /**
   * @param model the model that was asked for, until the upstream names the one that serves
   * @param price what its tokens cost
   */
  public PageAnswer(String model, Price price) {
    this.model = model;
    this.price = price;
  }

  public void add(List<ChatEvent> events) {
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.TextDelta delta) {
        text.append(delta.text());
      } else if (event instanceof ChatEvent.RefusalDelta refusal) {
        text.append(refusal.text());
      } else if (event instanceof ChatEvent.ReasoningDelta thought) {
        thoughts.append(thought.text());
      } else if (event instanceof ChatEvent.Served served) {
        model = served.model();
      } else if (event instanceof ChatEvent.UsageReport report) {
        usage = report.usage();
      } else if (event instanceof ChatEvent.Finished finished) {
        finish = finished.reason();
      }
    }
  }

  /**
   * The answer in JSON.
   *
   * @param estimate what it cost if the upstream did not tell
   */
  public byte[] write(Usage estimate) {
    JsonOutput out = new JsonOutput().raw("{\"message\":").string(text.toString());
    if (!thoughts.isEmpty()) {
      out.raw(",\"reasoning\":").string(thoughts.toString());
    }
    out.raw(",\"model\":").string(model).raw(",\"usage\":");
    PageUsage.write(usage == null ? estimate : usage, price, out);
    if (finish != null) {
      out.raw(",\"finish_reason\":").string(finish.wireName());
    }
    return out.raw("}").toBytes();
  }
}
