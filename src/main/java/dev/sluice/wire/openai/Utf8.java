package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What is done about bytes that should be UTF-8 and are not. */
final class Utf8 {
  private Utf8() {}

  /** The first {@code length} bytes, with U+FFFD in the place of all that is not UTF-8. */
  static byte[] repaired(byte[] bytes, int length) {
    return new String(bytes, 0, length, UTF_8).getBytes(UTF_8);
  }
}
