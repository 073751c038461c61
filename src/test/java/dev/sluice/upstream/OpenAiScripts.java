package dev.sluice.upstream;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What an honest OpenAI upstream says (Chat Completions, streamed and not), with content that tells
 * lost and reordered tokens: token n is {@code tn }, from {@code t0 } on.
 */
public final class OpenAiScripts {
  /** The event that ends a stream. */
  public static final String DONE = "[DONE]";

  private static final String START =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":";
  private static final int PROMPT_TOKENS = 9;

  private OpenAiScripts() {}

  /** A stream of this many tokens with usage, all at once. */
  public static Consumer<Reply> stream(int tokens) {
    return stream(tokens, Duration.ZERO);
  }

  /** A stream of this many tokens with usage, with a rest before each token. */
  public static Consumer<Reply> stream(int tokens, Duration pace) {
    return reply -> {
      tokens(reply.sse().event(role()), tokens, pace);
      reply.event(finish("stop")).event(usage(tokens)).event(DONE).end();
    };
  }

  /** A stream that never ends, with a rest after each token. */
  public static Consumer<Reply> endless(Duration pace) {
    return reply -> reply.sse().event(role()).endlessly(pace, n -> "data: " + token(n) + "\n\n");
  }

  /** The tokens alone, for scripts that go wrong after them. */
  public static Reply tokens(Reply reply, int tokens, Duration pace) {
    for (int n = 0; n < tokens; n++) {
      if (!pace.isZero()) {
        reply.pause(pace);
      }
      reply.event(token(n));
    }
    return reply;
  }

  /** The body of {@link #stream(int)}, without the framing of HTTP. */
  public static String body(int tokens) {
    var body = new StringBuilder();
    append(body, role());
    for (int n = 0; n < tokens; n++) {
      append(body, token(n));
    }
    append(body, finish("stop"));
    append(body, usage(tokens));
    append(body, DONE);
    return body.toString();
  }

  /** The text that {@link #stream(int)} adds up to. */
  public static String text(int tokens) {
    var text = new StringBuilder();
    for (int n = 0; n < tokens; n++) {
      text.append('t').append(n).append(' ');
    }
    return text.toString();
  }

  /** The first chunk, with the role and no content. */
  public static String role() {
    return delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
  }

  /** The chunk of token n. */
  public static String token(int n) {
    return content("t" + n + " ");
  }

  /**
   * A chunk with this content.
   *
   * @param text as it stands in JSON, escaped
   */
  public static String content(String text) {
    return delta("{\"content\":\"" + text + "\"}", "null");
  }

  /** Ends a stream as one that is whole. */
  public static void end(Reply reply) {
    reply.event(finish("stop")).event(DONE).end();
  }

  public static String finish(String reason) {
    return delta("{}", "\"" + reason + "\"");
  }

  public static String usage(int tokens) {
    return START + "[],\"usage\":" + usageObject(tokens) + "}";
  }

  /** An answer that is not streamed, of this many tokens. */
  public static Consumer<Reply> answer(int tokens) {
    return reply ->
        reply.json(
            200,
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\""
                + text(tokens)
                + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
                + usageObject(tokens)
                + "}");
  }

  /** A refusal in OpenAI's shape. */
  public static Consumer<Reply> error(int status, String type, String message, String... lines) {
    return reply ->
        reply.json(
            status,
            "{\"error\":{\"message\":\""
                + message
                + "\",\"type\":\""
                + type
                + "\",\"param\":null,\"code\":null}}",
            lines);
  }

  private static String delta(String delta, String finishReason) {
    return START
        + "[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":"
        + finishReason
        + "}],\"usage\":null}";
  }

  private static String usageObject(int tokens) {
    return "{\"prompt_tokens\":"
        + PROMPT_TOKENS
        + ",\"completion_tokens\":"
        + tokens
        + ",\"total_tokens\":"
        + (PROMPT_TOKENS + tokens)
        + "}";
  }

  private static void append(StringBuilder body, String json) {
    body.append("data: ").append(json).append("\n\n");
  }
}
