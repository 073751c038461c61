package dev.sluice.wire.page;

import dev.sluice.chat.Usage;
import dev.sluice.wire.JsonOutput;

/**
 * Usage under both vendors' names, since older clients read either: {@code prompt_tokens} is {@code
 * input_tokens}, {@code completion_tokens} is {@code output_tokens}.
 */
final class PageUsage {
  private PageUsage() {}

  static void write(Usage usage, JsonOutput out) {
    out.raw("{\"prompt_tokens\":").number(usage.input());
    out.raw(",\"completion_tokens\":").number(usage.output());
    out.raw(",\"total_tokens\":").number(usage.total());
    out.raw(",\"input_tokens\":").number(usage.input());
    out.raw(",\"output_tokens\":").number(usage.output());
    out.raw(",\"cached_tokens\":").number(usage.cacheRead());
    out.raw(",\"reasoning_tokens\":").number(usage.reasoning());
    out.raw(usage.estimated() ? ",\"estimated\":true}" : "}");
  }
}
