package dev.sluice.wire.page;

import dev.sluice.chat.Price;
import dev.sluice.chat.Usage;
import dev.sluice.wire.JsonOutput;
import java.math.BigDecimal;

/**
 * Usage under both vendors' names, since older clients read either: {@code prompt_tokens} is {@code
 * input_tokens}, {@code completion_tokens} is {@code output_tokens}.
 */
final class PageUsage {
  private PageUsage() {}

  /**
   * Writes it, with what it costs in dollars if that is known.
   *
   * @param price {@link Price#FREE} if nobody knows
   */
  static void write(Usage usage, Price price, JsonOutput out) {
    out.raw("{\"prompt_tokens\":").number(usage.input());
    out.raw(",\"completion_tokens\":").number(usage.output());
    out.raw(",\"total_tokens\":").number(usage.total());
    out.raw(",\"input_tokens\":").number(usage.input());
    out.raw(",\"output_tokens\":").number(usage.output());
    out.raw(",\"cached_tokens\":").number(usage.cacheRead());
    out.raw(",\"reasoning_tokens\":").number(usage.reasoning());
    if (!price.equals(Price.FREE)) {
      out.raw(",\"cost\":" + BigDecimal.valueOf(price.of(usage).microdollars(), 6));
    }
    out.raw(usage.estimated() ? ",\"estimated\":true}" : "}");
  }
}
