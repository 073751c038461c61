package dev.sluice.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes the mock upstream says: OpenAI's shapes, a content chunk of about 280 bytes, token n as
 * {@code tn }.
 */
final class MockText {
  /** Tokens in an answer that is not streamed. */
  static final int PLAIN_TOKENS = 20;

  /** The list of models: there is one. */
  static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"mock-1\",\"object\":\"model\",\"created\":1,\"owned_by\":\"bench\"}]}";

  private static final String START =
      "{\"id\":\"chatcmpl-Bk2c8dQ0mTn6xYw4Lr9sVf1uHj7p\",\"object\":\"chat.completion.chunk\",\"created\":1763800000,"
          + "\"model\":\"mock-1\",\"system_fingerprint\":\"fp_0123456789\",\"choices\":";
  private static final byte[] TOKEN_START =
      ascii("data: " + START + "[{\"index\":0,\"delta\":{\"content\":\"t");
  private static final byte[] TOKEN_END =
      ascii(" \"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n");
  private static final byte[] HEAD =
      ascii(
          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\n"
              + "transfer-encoding: chunked\r\n\r\n"
              + chunk(
                  choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null")));
  private static final byte[] PLAIN = ascii(json(plainAnswer()));

  /** Room for one token with its framing. */
  static final int TOKEN_BYTES = TOKEN_START.length + TOKEN_END.length + 24;

  private MockText() {}

  /** Status line, header fields and the chunk with the role. */
  static void putHead(ByteBuffer out) {
    out.put(HEAD);
  }

  /** The HTTP chunk with the event of token n. */
  static void putToken(ByteBuffer out, int n) {
    byte[] number = ascii(Integer.toString(n));
    int size = TOKEN_START.length + number.length + TOKEN_END.length;
    out.put(ascii(Integer.toHexString(size))).put((byte) '\r').put((byte) '\n');
    out.put(TOKEN_START).put(number).put(TOKEN_END).put((byte) '\r').put((byte) '\n');
  }

  /** All that comes after the last token, the last chunk included. */
  static void putEnd(ByteBuffer out, int tokens) {
    String usage = START + "[],\"usage\":" + usage(tokens) + "}";
    out.put(ascii(chunk(choice("{}", "\"stop\"")) + chunk(usage) + chunk("[DONE]") + "0\r\n\r\n"));
  }

  /** A whole answer that is not streamed. */
  static byte[] plain() {
    return PLAIN.clone();
  }

  /** A whole answer of JSON with its length. */
  static String json(String body) {
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String plainAnswer() {
    var text = new StringBuilder();
    for (int n = 0; n < PLAIN_TOKENS; n++) {
      text.append('t').append(n).append(' ');
    }
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1763800000,\"model\":\"mock-1\",\"choices\":[{\"index\":0,"
        + "\"message\":{\"role\":\"assistant\",\"content\":\""
        + text
        + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
        + usage(PLAIN_TOKENS)
        + "}";
  }

  private static String usage(int tokens) {
    return "{\"prompt_tokens\":9,\"completion_tokens\":"
        + tokens
        + ",\"total_tokens\":"
        + (9 + tokens)
        + "}";
  }

  private static String choice(String delta, String finish) {
    return START
        + "[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":"
        + finish
        + "}],\"usage\":null}";
  }

  private static String chunk(String json) {
    String event = "data: " + json + "\n\n";
    return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
