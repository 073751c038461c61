package dev.sluice.wire.anthropic;

import dev.sluice.wire.UnsupportedRequestException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the members of a request that have no place of their own in the domain. */
final class AnthropicExtras {

  /**
   * What OpenAI's chat completions know and Anthropic does not, or by another name. All else is
   * taken for Anthropic's own and carried untouched ({@code thinking}, {@code top_k}, {@code
   * cache_control}, {@code mcp_servers}, and whatever comes next year).
   */
  private static final Set<String> OPENAI_ONLY =
      Set.of(
          "audio",
          "frequency_penalty",
          "function_call",
          "functions",
          "logit_bias",
          "logprobs",
          "max_completion_tokens",
          "metadata",
          "modalities",
          "moderation",
          "n",
          "prediction",
          "presence_penalty",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "response_format",
          "safety_identifier",
          "seed",
          "service_tier",
          "store",
          "stream_options",
          "top_logprobs",
          "user",
          "verbosity",
          "web_search_options");

  private AnthropicExtras() {}

  /**
   * Adds {@code extra} to {@code body}, of which it replaces nothing; but what is said outright of
   * thinking and of the output goes before what was made of an effort.
   *
   * @throws UnsupportedRequestException if leaving a member out would change the answer's shape
   */
  static void write(Map<String, @Nullable Object> extra, Map<String, @Nullable Object> body) {
    if (extra.get("n") instanceof Number n && n.doubleValue() > 1) {
      throw new UnsupportedRequestException("n", "This provider gives one answer at a time.");
    }
    if (extra.containsKey("system") && body.containsKey("system")) {
      throw new UnsupportedRequestException(
          "system", "Instructions stand in system and in messages: only one of them is possible.");
    }
    Object outputConfig = outputConfig(extra, body);
    extra.forEach(
        (name, value) -> {
          boolean free = !body.containsKey(name) || name.equals("thinking");
          if (free && !OPENAI_ONLY.contains(name)) {
            body.put(name, value);
          }
        });
    if (outputConfig != null) {
      body.put("output_config", outputConfig);
    }
    Object endUser = firstText(extra.get("safety_identifier"), extra.get("user"));
    if (endUser != null) {
      body.put("metadata", Map.of("user_id", endUser));
    }
  }

  /** The effort that is in {@code body} already, the answer's format, and what is said outright. */
  private static @Nullable Object outputConfig(
      Map<String, @Nullable Object> extra, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    addMembers(body.get("output_config"), config);
    Object format = format(extra.get("response_format"));
    if (format != null) {
      config.put("format", format);
    }
    addMembers(extra.get("output_config"), config);
    return config.isEmpty() ? null : config;
  }

  private static void addMembers(@Nullable Object object, Map<String, @Nullable Object> to) {
    if (object instanceof Map<?, ?> members) {
      members.forEach((name, value) -> to.put(String.valueOf(name), value));
    }
  }

  private static @Nullable Object format(@Nullable Object responseFormat) {
    if (!(responseFormat instanceof Map<?, ?> format) || "text".equals(format.get("type"))) {
      return null;
    }
    if (format.get("json_schema") instanceof Map<?, ?> named
        && named.get("schema") instanceof Map<?, ?> schema) {
      return Map.of("type", "json_schema", "schema", schema);
    }
    throw new UnsupportedRequestException(
        "response_format", "This provider answers in JSON only by a json_schema with a schema.");
  }

  private static @Nullable Object firstText(@Nullable Object first, @Nullable Object second) {
    if (first instanceof String) {
      return first;
    }
    return second instanceof String ? second : null;
  }
}
