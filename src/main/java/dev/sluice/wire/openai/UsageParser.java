package dev.sluice.wire.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.chat.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a {@code usage} object. */
final class UsageParser {
  /** No answer costs as much: a count beyond it is a fault, and would overflow in sums. */
  private static final long MOST = 1_000_000_000_000L;

  private long input;
  private long output;
  private long cacheRead;
  private long cacheWrite;
  private long reasoning;
  private boolean counted;
  private boolean absurd;

  private UsageParser() {}

  /**
   * The usage at whose start {@code json} stands; null if it counts nothing or a count makes no
   * sense.
   */
  static @Nullable Usage read(JsonParser json) throws IOException {
    UsageParser parser = new UsageParser();
    parser.members(json);
    return parser.usage();
  }

  private @Nullable Usage usage() {
    if (absurd || !counted) {
      return null;
    }
    return new Usage(
        input,
        output,
        Math.min(cacheRead, input),
        Math.min(cacheWrite, input),
        Math.min(reasoning, output),
        false);
  }

  private void members(JsonParser json) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      switch (name) {
        case "prompt_tokens" -> {
          input = count(json);
          counted = true;
        }
        case "completion_tokens" -> {
          output = count(json);
          counted = true;
        }
        case "prompt_cache_hit_tokens" -> cacheRead = Math.max(cacheRead, count(json));
        case "prompt_tokens_details", "completion_tokens_details" -> details(json);
        default -> Values.skip(json);
      }
    }
  }

  private void details(JsonParser json) throws IOException {
    if (!Values.opens(json, JsonToken.START_OBJECT)) {
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      switch (name) {
        case "cached_tokens" -> cacheRead = Math.max(cacheRead, count(json));
        case "cache_write_tokens" -> cacheWrite = count(json);
        case "reasoning_tokens" -> reasoning = count(json);
        default -> Values.skip(json);
      }
    }
  }

  private long count(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return 0;
    }
    if (!token.isNumeric()) {
      json.skipChildren();
      absurd = true;
      return 0;
    }
    double count = json.getDoubleValue();
    absurd |= count < 0 || count > MOST;
    return (long) count;
  }
}
