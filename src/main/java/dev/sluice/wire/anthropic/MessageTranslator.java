package dev.sluice.wire.anthropic;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.TerminalRule;
import dev.sluice.chat.Usage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns one answer, streamed or whole, into its events. */
final class MessageTranslator {
  private final TerminalRule rule = new TerminalRule();
  private final Consumer<ChatEvent> out;
  private final ToolUses toolUses = new ToolUses();
  private final TokenCounts counts = new TokenCounts();
  private boolean served;
  private boolean finished;

  /**
   * @param out takes the events, none of them after the terminal one
   */
  MessageTranslator(Consumer<ChatEvent> out) {
    this.out =
        event -> {
          if (rule.admits(event)) {
            out.accept(event);
          }
        };
  }

  boolean ended() {
    return rule.ended();
  }

  /** The next event of a stream; kinds that are not known mean nothing. */
  void event(String type, MessageEvent event) {
    switch (type) {
      case "message_start" -> start(event.message);
      case "content_block_start" -> startBlock(event.index, event.piece);
      case "content_block_delta" -> delta(event.index, event.piece);
      case "content_block_stop" -> toolUses.stop(event.index, out);
      case "message_delta" -> {
        count(event.usage);
        finish(event.piece.stopReason, event.piece.explanation);
      }
      case "message_stop" -> stop();
      case "error" -> fail(AnthropicErrors.failure(event.error));
      default -> {}
    }
  }

  /** A whole answer, told as its stream would have told it. */
  void whole(AnthropicMessage message) {
    List<ContentPiece> content = message.content;
    if (message.error != null) {
      fail(AnthropicErrors.failure(message.error));
    } else if (content == null) {
      fail(AnthropicErrors.protocol());
    } else {
      start(message);
      for (int i = 0; i < content.size(); i++) {
        startBlock(i, content.get(i));
        toolUses.stop(i, out);
      }
      finish(message.stopReason, message.explanation);
      stop();
    }
  }

  void fail(Failure failure) {
    out.accept(new ChatEvent.Failed(failure));
  }

  private void start(@Nullable AnthropicMessage message) {
    if (message == null) {
      return;
    }
    count(message.usage);
    if (!served) {
      say(message.model, ChatEvent.Served::new);
      served = true;
    }
  }

  private void startBlock(int index, ContentPiece block) {
    if (finished || block.type == null) {
      return;
    }
    switch (block.type) {
      case "text" -> say(block.text, ChatEvent.TextDelta::new);
      case "thinking" -> {
        think(block.thinking);
        seal(block.signature);
      }
      case "tool_use" -> {
        toolUses.start(index, block, out);
        if (toolUses.tooMany()) {
          fail(AnthropicErrors.protocol());
        }
      }
      default -> {} // Secret thoughts and what the vendor's own tools did: nobody can be told.
    }
  }

  private void delta(int index, ContentPiece delta) {
    if (finished || delta.type == null) {
      return;
    }
    switch (delta.type) {
      case "text_delta" -> say(delta.text, ChatEvent.TextDelta::new);
      case "thinking_delta" -> think(delta.thinking);
      case "signature_delta" -> seal(delta.signature);
      case "input_json_delta" -> toolUses.arguments(index, delta.partialJson, out);
      default -> {}
    }
  }

  private void think(@Nullable String thought) {
    say(thought, text -> new ChatEvent.ReasoningDelta(text, null));
  }

  private void seal(@Nullable String signature) {
    say(signature, seal -> new ChatEvent.ReasoningDelta("", seal));
  }

  private void say(@Nullable String text, Function<String, ChatEvent> event) {
    if (text != null && !text.isEmpty()) {
      out.accept(event.apply(text));
    }
  }

  private void count(@Nullable TokenCounts newer) {
    if (newer != null) {
      counts.overwriteBy(newer);
    }
  }

  private void finish(@Nullable String stopReason, @Nullable String explanation) {
    if (finished || stopReason == null) {
      return;
    }
    toolUses.stopAll(out);
    FinishReason reason = StopReasons.finishReason(stopReason);
    if (reason == FinishReason.CONTENT_FILTER) {
      say(explanation, ChatEvent.RefusalDelta::new);
    }
    boolean callsTools = reason == FinishReason.STOP && toolUses.any();
    out.accept(new ChatEvent.Finished(callsTools ? FinishReason.TOOL_CALLS : reason));
    finished = true;
  }

  /** The vendor says that this is all; a server that gave no reason to stop had none but that. */
  private void stop() {
    finish("end_turn", null);
    Usage usage = counts.usage();
    if (usage != null) {
      out.accept(new ChatEvent.UsageReport(usage));
    }
    out.accept(new ChatEvent.Done());
  }
}
