package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes HTTP/1.1 messages apart as their bytes come, no matter where they are cut. Made for peers
 * that are known and honest: it checks only what it must to stay in step.
 */
final class MessageParser {
  /** Hears of one message after the other. */
  interface Listener {
    /** The start line and the header fields, in lower case. */
    void head(String head);

    /** A part of the body; the bytes are good for the time of the call. */
    void body(byte[] bytes, int from, int to);

    void end();
  }

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSE
  }

  private static final String HEAD_END = "\r\n\r\n";

  private final boolean requests;
  private final Listener listener;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(512);
  private State state = State.HEAD;
  private int matched;
  private long left;

  /**
   * @param requests whether the messages are requests, which have no body unless they say so
   */
  MessageParser(boolean requests, Listener listener) {
    this.requests = requests;
    this.listener = listener;
  }

  void feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (state) {
            case HEAD -> head(bytes, at, to);
            case BODY, CHUNK -> counted(bytes, at, to);
            case UNTIL_CLOSE -> {
              listener.body(bytes, at, to);
              yield to;
            }
            case CHUNK_SIZE, CHUNK_END, TRAILER -> line(bytes, at, to);
          };
    }
  }

  /**
   * The peer says no more. Returns whether that was between two messages, or the end of one that
   * only this could end.
   */
  boolean endOfInput() {
    if (state == State.UNTIL_CLOSE) {
      finish();
    }
    return state == State.HEAD && text.size() == 0;
  }

  private int head(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && matched < HEAD_END.length()) {
      byte b = bytes[at++];
      matched = b == HEAD_END.charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    text.write(bytes, from, at - from);
    if (matched == HEAD_END.length()) {
      matched = 0;
      begin(takeText().toLowerCase(Locale.ROOT));
    }
    return at;
  }

  private void begin(String head) {
    int length = head.indexOf("\r\ncontent-length:");
    if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
      state = State.CHUNK_SIZE;
    } else if (length >= 0) {
      String value =
          head.substring(length + "\r\ncontent-length:".length(), head.indexOf("\r\n", length + 2));
      left = Long.parseLong(value.trim());
      state = State.BODY;
    } else {
      left = 0;
      state = requests ? State.BODY : State.UNTIL_CLOSE;
    }
    listener.head(head);
    if (state == State.BODY && left == 0) {
      finish();
    }
  }

  private int counted(byte[] bytes, int from, int to) {
    int size = (int) Math.min(left, to - from);
    listener.body(bytes, from, from + size);
    left -= size;
    if (left == 0) {
      if (state == State.BODY) {
        finish();
      } else {
        state = State.CHUNK_END;
      }
    }
    return from + size;
  }

  private int line(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    text.write(bytes, from, at - from);
    if (at == to) {
      return to;
    }
    line(takeText().trim());
    return at + 1;
  }

  private void line(String line) {
    if (state == State.CHUNK_END) {
      state = State.CHUNK_SIZE;
    } else if (state == State.CHUNK_SIZE) {
      left = Long.parseLong(line.split(";", 2)[0], 16);
      state = left == 0 ? State.TRAILER : State.CHUNK;
    } else if (line.isEmpty()) {
      finish();
    }
  }

  private String takeText() {
    String taken = text.toString(StandardCharsets.ISO_8859_1);
    text.reset();
    return taken;
  }

  private void finish() {
    state = State.HEAD;
    listener.end();
  }
}
