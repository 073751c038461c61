package dev.sluice.wire.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.chat.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a {@code usage} object. They are totals of the whole message so far: a newer one
 * replaces an older, and one that is not told leaves the older as it was.
 */
final class TokenCounts {
  private static final long UNKNOWN = -1;

  /** No answer costs as much: a count beyond it is a fault, and would overflow in sums. */
  private static final long MOST = 1_000_000_000_000L;

  private long input = UNKNOWN;
  private long output = UNKNOWN;
  private long cacheRead = UNKNOWN;
  private long cacheWrite = UNKNOWN;
  private long thinking = UNKNOWN;

  /** Takes the counts of the object that {@code json} stands on. */
  void read(JsonParser json) throws IOException {
    AnthropicJson.members(json, this::member);
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "input_tokens" -> input = count(json);
      case "output_tokens" -> output = count(json);
      case "cache_read_input_tokens" -> cacheRead = count(json);
      case "cache_creation_input_tokens" -> cacheWrite = count(json);
      case "output_tokens_details" -> AnthropicJson.members(json, this::detail);
      default -> json.skipChildren();
    }
  }

  private void detail(String name, JsonParser json) throws IOException {
    if (name.equals("thinking_tokens")) {
      thinking = count(json);
    } else {
      json.skipChildren();
    }
  }

  private static long count(JsonParser json) throws IOException {
    long count = AnthropicJson.count(json);
    return count > MOST ? UNKNOWN : count;
  }

  void overwriteBy(TokenCounts newer) {
    input = newest(newer.input, input);
    output = newest(newer.output, output);
    cacheRead = newest(newer.cacheRead, cacheRead);
    cacheWrite = newest(newer.cacheWrite, cacheWrite);
    thinking = newest(newer.thinking, thinking);
  }

  private static long newest(long newer, long older) {
    return newer == UNKNOWN ? older : newer;
  }

  /** The usage, or null if neither input nor output were ever counted. */
  @Nullable Usage usage() {
    if (input == UNKNOWN && output == UNKNOWN) {
      return null;
    }
    long read = Math.max(0, cacheRead);
    long written = Math.max(0, cacheWrite);
    long allInput = Math.max(0, input) + read + written;
    long allOutput = Math.max(0, output);
    long reasoning = Math.min(Math.max(0, thinking), allOutput);
    return new Usage(allInput, allOutput, read, written, reasoning, false);
  }
}
