package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds in an event stream what the load client counts: content, and how the stream ended. Knows
 * the page's events and OpenAI's chunks; it looks for their members as text, which is enough for
 * answers whose content is known.
 */
final class EventScanner {
  private static final byte[] DATA = ascii("data:");
  private static final byte[] CONTENT = ascii("\"content\":");
  private static final byte[] ERROR = ascii("\"error\":");
  private static final byte[] DONE = ascii("[DONE]");
  private static final byte[] DONE_TYPE = ascii("\"type\":\"done\"");

  private final SequenceChecker sequence;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private int tokens;
  private boolean done;
  private boolean failed;

  EventScanner(SequenceChecker sequence) {
    this.sequence = sequence;
  }

  /** Begins a new stream. */
  void reset() {
    held.reset();
    sequence.reset();
    done = false;
    failed = false;
  }

  /** Whether the event came that says the answer is whole. */
  boolean done() {
    return done;
  }

  /** Whether an error event came. */
  boolean failed() {
    return failed;
  }

  /** Takes a part of the body. Returns how many tokens it completed. */
  int feed(byte[] bytes, int from, int to) {
    tokens = 0;
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        wholeLine(bytes, start, i);
        start = i + 1;
      }
    }
    held.write(bytes, start, to - start);
    return tokens;
  }

  private void wholeLine(byte[] bytes, int from, int to) {
    if (held.size() == 0) {
      line(bytes, from, to);
      return;
    }
    held.write(bytes, from, to - from);
    byte[] joined = held.toByteArray();
    held.reset();
    line(joined, 0, joined.length);
  }

  private void line(byte[] bytes, int from, int to) {
    if (to - from < DATA.length || find(DATA, bytes, from, from + DATA.length) < 0) {
      return;
    }
    int content = find(CONTENT, bytes, from, to);
    if (content >= 0) {
      content(bytes, content + CONTENT.length, to);
    } else if (find(ERROR, bytes, from, to) >= 0) {
      failed = true;
    } else if (find(DONE, bytes, from, to) >= 0 || find(DONE_TYPE, bytes, from, to) >= 0) {
      done = true;
    }
  }

  private void content(byte[] bytes, int from, int to) {
    int start = from;
    while (start < to && bytes[start] == ' ') {
      start++;
    }
    if (start == to || bytes[start] != '"') {
      return;
    }
    int end = start + 1;
    while (end < to && bytes[end] != '"') {
      end++;
    }
    tokens += sequence.feed(bytes, start + 1, end);
  }

  private static int find(byte[] needle, byte[] bytes, int from, int to) {
    for (int i = from; i <= to - needle.length; i++) {
      int j = 0;
      while (j < needle.length && bytes[i + j] == needle[j]) {
        j++;
      }
      if (j == needle.length) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
