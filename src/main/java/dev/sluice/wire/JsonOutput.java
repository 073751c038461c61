package dev.sluice.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON written by hand into a growing array: for the few shapes that are written once for each
 * token, where a generator's bookkeeping is most of the cost.
 *
 * <p>Not thread-safe. To be used again and again: {@link #clear()} keeps the array.
 */
public final class JsonOutput {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1024];
  private int length;

  /** The bytes of a text that is written as it is, over and over. */
  public static byte[] constant(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes {@code constant} as it is. */
  public JsonOutput raw(byte[] constant) {
    ensure(constant.length);
    System.arraycopy(constant, 0, bytes, length, constant.length);
    length += constant.length;
    return this;
  }

  /** Writes {@code text} as it is. */
  public JsonOutput raw(String text) {
    return raw(constant(text));
  }

  public JsonOutput number(long number) {
    return raw(Long.toString(number));
  }

  /** Writes {@code text} as a JSON string. */
  public JsonOutput string(String text) {
    ensure(1);
    bytes[length++] = '"';
    content(text);
    ensure(1);
    bytes[length++] = '"';
    return this;
  }

  /**
   * Writes {@code text} as the inside of a JSON string (RFC 8259, section 7), in UTF-8. Half of a
   * surrogate pair, which UTF-8 cannot say, is escaped: its other half may stand in the next piece.
   */
  public JsonOutput content(String text) {
    int end = text.length();
    ensure(6 * end);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else if (c < 0x80) {
        escape(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xc0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xe0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (i + 1 < end && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        pair(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        unicode(c);
      }
    }
    return this;
  }

  private void pair(int codePoint) {
    bytes[length++] = (byte) (0xf0 | (codePoint >> 18));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> escaped('"');
      case '\\' -> escaped('\\');
      case '\n' -> escaped('n');
      case '\r' -> escaped('r');
      case '\t' -> escaped('t');
      default -> unicode(c);
    }
  }

  private void escaped(char c) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) c;
  }

  private void unicode(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets what was written. */
  public JsonOutput clear() {
    length = 0;
    return this;
  }
}
