package dev.sluice.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model, whoever asks and whoever serves it.
 *
 * <p>Nothing of the original request is lost: members that are not modelled here ride along in
 * {@code extra} as plain JSON values ({@code Map}, {@code List}, {@code String}, {@code Number},
 * {@code Boolean}, null) under their OpenAI names.
 *
 * @param model the upstream's id of the model
 * @param messages the conversation so far, oldest first
 * @param options how to answer
 * @param tools the tools at the model's disposal, in order
 * @param toolChoice which of them to call, or null if not said
 * @param stream whether the answer is wanted piece by piece; otherwise it comes as one batch
 * @param extra all that is not modelled here
 */
public record ChatRequest(
    String model,
    List<Message> messages,
    Options options,
    List<Tool> tools,
    @Nullable ToolChoice toolChoice,
    boolean stream,
    Map<String, @Nullable Object> extra) {

  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
  }

  /**
   * How to answer; null means "not said", which leaves the choice to the upstream.
   *
   * @param maxTokens the most tokens that the answer may take, its reasoning included
   * @param temperature 0 to 2
   * @param topP 0 to 1
   * @param stop texts that end the answer; empty if there are none
   * @param reasoningEffort {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code
   *     high}, {@code xhigh} or {@code max}
   * @param parallelToolCalls whether several tools may be called in one turn
   */
  public record Options(
      @Nullable Integer maxTokens,
      @Nullable Double temperature,
      @Nullable Double topP,
      List<String> stop,
      @Nullable String reasoningEffort,
      @Nullable Boolean parallelToolCalls) {

    public static final Options NONE = new Options(null, null, null, List.of(), null, null);

    public Options {
      stop = List.copyOf(stop);
    }
  }
}
