package dev.sluice.wire.openai;

/**
 * Makes a run of texts well-formed: joins a character that an upstream cut in half (some count in
 * UTF-16 and cut between the surrogates), and puts U+FFFD for a half that stays alone. A half at
 * the very end of the run is left out.
 */
final class SurrogateSeam {
  private static final char NONE = 0;
  private char held = NONE;

  /** What may be passed on of the run by now; perhaps empty. */
  String next(String text) {
    if (held == NONE && !hasSurrogates(text)) {
      return text;
    }
    StringBuilder run = new StringBuilder(text.length() + 1);
    if (held != NONE) {
      run.append(held);
      held = NONE;
    }
    run.append(text);
    int last = run.length() - 1;
    if (last >= 0 && Character.isHighSurrogate(run.charAt(last))) {
      held = run.charAt(last);
      run.setLength(last);
    }
    return repaired(run);
  }

  private static boolean hasSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static String repaired(StringBuilder run) {
    StringBuilder whole = new StringBuilder(run.length());
    run.codePoints().forEach(point -> whole.appendCodePoint(isHalf(point) ? '\uFFFD' : point));
    return whole.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
