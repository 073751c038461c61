package dev.sluice.wire.openai;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.TerminalRule;
import dev.sluice.chat.Usage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the chunks of one answer into its events.
 *
 * <p>Finish reason and usage are kept until the end and told there: some upstreams put either on
 * every chunk, and only the last one holds.
 */
final class ChunkTranslator {
  private final TerminalRule rule = new TerminalRule();
  private final SurrogateSeam text = new SurrogateSeam();
  private final SurrogateSeam reasoning = new SurrogateSeam();
  private final SurrogateSeam refusal = new SurrogateSeam();
  private final ToolCalls toolCalls = new ToolCalls();
  private boolean hasContent;
  private @Nullable String finishReason;
  private @Nullable Usage usage;

  void chunk(Chunk chunk, Consumer<ChatEvent> out) {
    if (chunk.model != null && !hasContent) {
      emit(new ChatEvent.Served(chunk.model), out);
    }
    content(chunk.choice, out);
    if (chunk.usage != null) {
      usage = chunk.usage;
    }
    if (chunk.choice.finishReason != null) {
      finishReason = chunk.choice.finishReason;
    }
    Failure failure = failure(chunk);
    if (failure != null) {
      fail(failure, out);
    }
  }

  private void content(Chunk.Choice choice, Consumer<ChatEvent> out) {
    say(choice.reasoning, reasoning, said -> new ChatEvent.ReasoningDelta(said, null), out);
    say(choice.text, text, ChatEvent.TextDelta::new, out);
    say(choice.refusal, refusal, ChatEvent.RefusalDelta::new, out);
    for (int i = 0; i < choice.tools.size(); i++) {
      ChatEvent delta = toolCalls.next(choice.tools.get(i));
      if (delta != null) {
        hasContent = true;
        emit(delta, out);
      }
    }
  }

  private void say(
      @Nullable String raw,
      SurrogateSeam seam,
      Function<String, ChatEvent> event,
      Consumer<ChatEvent> out) {
    String said = raw == null ? "" : seam.next(raw);
    if (!said.isEmpty()) {
      hasContent = true;
      emit(event.apply(said), out);
    }
  }

  private @Nullable Failure failure(Chunk chunk) {
    if (chunk.error != null) {
      return OpenAiErrors.failure(chunk.error);
    }
    if (toolCalls.tooMany()) {
      return OpenAiErrors.protocol();
    }
    return chunk.choice.finishReason == null
        ? null
        : FinishReasons.failure(chunk.choice.finishReason);
  }

  void fail(Failure failure, Consumer<ChatEvent> out) {
    emit(new ChatEvent.Failed(failure), out);
  }

  /** The upstream says that this is all. An answer without anything in it is not complete. */
  void done(Consumer<ChatEvent> out) {
    if (finishReason == null && !hasContent) {
      return;
    }
    if (finishReason != null) {
      emit(new ChatEvent.Finished(finish(finishReason)), out);
    }
    if (usage != null) {
      emit(new ChatEvent.UsageReport(usage), out);
    }
    emit(new ChatEvent.Done(), out);
  }

  private FinishReason finish(String name) {
    FinishReason reason = FinishReasons.of(name);
    return reason == FinishReason.STOP && toolCalls.any() ? FinishReason.TOOL_CALLS : reason;
  }

  /** There is no more input. It is complete without a word to say so if it gave its reason. */
  void end(Consumer<ChatEvent> out) {
    if (finishReason != null) {
      done(out);
    }
  }

  /** Takes {@code chunk} for the whole answer, and ends it one way or another. */
  void whole(Chunk chunk, Consumer<ChatEvent> out) {
    chunk(chunk, out);
    if (!chunk.hasChoice) {
      fail(OpenAiErrors.protocol(), out);
    }
    done(out);
    rule.endOfInput().ifPresent(out);
  }

  boolean ended() {
    return rule.ended();
  }

  private void emit(ChatEvent event, Consumer<ChatEvent> out) {
    if (rule.admits(event)) {
      out.accept(event);
    }
  }
}
