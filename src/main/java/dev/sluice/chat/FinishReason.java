package dev.sluice.chat;

import java.util.Locale;

/**
 * Why a model stopped. The names are those of OpenAI's chat completions, which the field shares.
 */
public enum FinishReason {
  /** It had said all, or met a stop text. */
  STOP,
  /** It ran into the token limit or the end of its context. */
  LENGTH,
  /** It wants tools to be run. */
  TOOL_CALLS,
  /** It declined, or a filter cut it off. */
  CONTENT_FILTER;

  /** {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
