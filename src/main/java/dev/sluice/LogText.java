package dev.sluice;

/**
 * Makes a value safe to stand in a line of the log: nothing in it can begin another line, steer a
 * terminal or turn the reading direction, and it is not longer than {@value #LONGEST} characters.
 */
final class LogText {
  static final int LONGEST = 2_048;

  private LogText() {}

  /** The text with unsafe characters as escapes such as {@code \n} or {@code \u001b}. */
  static String safe(String text) {
    boolean fits = text.length() <= LONGEST;
    if (fits && text.codePoints().noneMatch(LogText::isUnsafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST) + 64);
    text.substring(0, Math.min(text.length(), LONGEST))
        .codePoints()
        .forEach(character -> append(safe, character));
    if (!fits) {
      safe.append("... (").append(text.length()).append(" characters)");
    }
    return safe.toString();
  }

  /**
   * Whether a character does something other than to be seen: controls (C0, DEL and C1), separators
   * of lines and paragraphs, format characters such as those for the reading direction, and halves
   * of surrogate pairs.
   */
  static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void append(StringBuilder out, int character) {
    switch (character) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isUnsafe(character)) {
          for (char unit : Character.toChars(character)) {
            out.append(escape(unit));
          }
        } else {
          out.appendCodePoint(character);
        }
      }
    }
  }

  /** The escape of JSON and Java. */
  static String escape(char unit) {
    return String.format("\\u%04x", (int) unit);
  }
}
