package dev.sluice.upstream;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What an honest Anthropic upstream says (Messages, streamed and not); token n is {@code tn }, from
 * {@code t0 } on.
 */
public final class AnthropicScripts {
  private AnthropicScripts() {}

  /** A stream of this many tokens, all at once. */
  public static Consumer<Reply> stream(int tokens) {
    return stream(tokens, Duration.ZERO);
  }

  /** A stream of this many tokens, with a rest before each. */
  public static Consumer<Reply> stream(int tokens, Duration pace) {
    return reply -> {
      tokens(start(reply), tokens, pace);
      finish(reply, tokens).end();
    };
  }

  /** All that comes before the first token. */
  public static Reply start(Reply reply) {
    return reply
        .sse()
        .event(
            "message_start",
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                + "\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}")
        .event(
            "content_block_start",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
        .event("ping", "{\"type\":\"ping\"}");
  }

  /** The tokens alone, for scripts that go wrong after them. */
  public static Reply tokens(Reply reply, int tokens, Duration pace) {
    for (int n = 0; n < tokens; n++) {
      if (!pace.isZero()) {
        reply.pause(pace);
      }
      reply.event("content_block_delta", token(n));
    }
    return reply;
  }

  /** The data of token n's event. */
  public static String token(int n) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"t"
        + n
        + " \"}}";
  }

  /** All that comes after the last token, except the end of the body. */
  public static Reply finish(Reply reply, int tokens) {
    return reply
        .event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
        .event(
            "message_delta",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                + "\"usage\":{\"output_tokens\":"
                + tokens
                + "}}")
        .event("message_stop", "{\"type\":\"message_stop\"}");
  }

  /** An answer that is not streamed, of this many tokens. */
  public static Consumer<Reply> answer(int tokens) {
    return reply ->
        reply.json(
            200,
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":\"text\","
                + "\"text\":\""
                + OpenAiScripts.text(tokens)
                + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":10,\"output_tokens\":"
                + tokens
                + "}}");
  }

  /** A refusal in Anthropic's shape. */
  public static Consumer<Reply> error(int status, String type, String message, String... lines) {
    return reply -> reply.json(status, errorObject(type, message), lines);
  }

  /** The error event within a stream; the vendor closes after it. */
  public static Reply errorEvent(Reply reply, String type, String message) {
    return reply.event("error", errorObject(type, message));
  }

  private static String errorObject(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"},\"request_id\":\"req_1\"}";
  }
}
