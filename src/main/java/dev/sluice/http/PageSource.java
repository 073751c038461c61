package dev.sluice.http;

import java.util.regex.Pattern;

/** The page's own JavaScript as browsers get it. */
final class PageSource {
  /** Comments that have lines of their own, as all of ours have. */
  private static final Pattern COMMENT =
      Pattern.compile("(?m)^[ \\t]*(?:/\\*[\\s\\S]*?\\*/|//.*)[ \\t]*$");

  private static final Pattern INDENTATION = Pattern.compile("(?m)^[ \\t]+");
  private static final Pattern NOT_A_BREAK = Pattern.compile("[^\\n]+");

  private PageSource() {}

  /**
   * The same without comments and indentation, which are a third of it. Lines keep their numbers,
   * so that an error is found in the source.
   */
  static String lean(String source) {
    String bare =
        COMMENT
            .matcher(source)
            .replaceAll(comment -> NOT_A_BREAK.matcher(comment.group()).replaceAll(""));
    return INDENTATION.matcher(bare).replaceAll("");
  }
}
