package dev.sluice.wire.openai;

import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.ChatRequest.Options;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.DialectBody;
import dev.sluice.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the body of a chat completion's request. */
final class OpenAiRequestWriter {
  private static final String MAX_TOKENS_OF_OLD = "max_tokens";

  private final Dialect dialect;
  private final Map<String, @Nullable Object> body = new LinkedHashMap<>();

  private OpenAiRequestWriter(Dialect dialect) {
    this.dialect = dialect;
  }

  static byte[] body(ChatRequest request, Dialect dialect) {
    OpenAiRequestWriter writer = new OpenAiRequestWriter(dialect);
    writer.modelled(request);
    writer.extra(request);
    return Json.write(DialectBody.of(writer.body, dialect));
  }

  private void modelled(ChatRequest request) {
    put("model", request.model());
    put("messages", new MessageWriter(dialect).messages(request.messages()));
    options(request.options());
    if (!request.tools().isEmpty()) {
      put("tools", request.tools().stream().map(ToolWriter::tool).toList());
    }
    if (request.toolChoice() != null) {
      put("tool_choice", ToolWriter.choice(request.toolChoice()));
    }
    put("stream", request.stream());
    if (request.stream()) {
      put("stream_options", streamOptions(request.extra().get("stream_options")));
    }
  }

  private void options(Options options) {
    putIfSaid("max_completion_tokens", options.maxTokens());
    putIfSaid("temperature", options.temperature());
    putIfSaid("top_p", options.topP());
    putIfSaid("stop", options.stop().isEmpty() ? null : options.stop());
    putIfSaid("reasoning_effort", options.reasoningEffort());
    putIfSaid("parallel_tool_calls", options.parallelToolCalls());
  }

  /** What an answer cost is always asked for, whether or not the caller wants to know. */
  private static Map<String, @Nullable Object> streamOptions(@Nullable Object given) {
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> object) {
      object.forEach((name, value) -> options.put(String.valueOf(name), value));
    }
    options.put("include_usage", true);
    return options;
  }

  /** {@code stream_options} is refused without a stream, and two token limits by some servers. */
  private void extra(ChatRequest request) {
    boolean limited = request.options().maxTokens() != null;
    request
        .extra()
        .forEach(
            (name, value) -> {
              boolean spoken =
                  name.equals("stream_options") || (limited && name.equals(MAX_TOKENS_OF_OLD));
              if (!spoken) {
                put(name, value);
              }
            });
  }

  private void putIfSaid(String name, @Nullable Object value) {
    if (value != null) {
      put(name, value);
    }
  }

  /** What is modelled comes first, and no extra overrides it. */
  private void put(String name, @Nullable Object value) {
    if (!body.containsKey(name)) {
      body.put(name, value);
    }
  }
}
