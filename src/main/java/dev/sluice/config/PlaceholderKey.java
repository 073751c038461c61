package dev.sluice.config;

import java.util.regex.Pattern;

/** Tells a key from the text that stands where a key should be. */
final class PlaceholderKey {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(change|replace|fill|insert|put|enter|add)[-_]?(me|in|here|your).*"
              + "|([a-z]+[-_])*your[-_].*"
              + "|([a-z]+[-_])*key[-_]here"
              + "|<.*>|\\[.*]|\\{.*}"
              + "|.*(\\.\\.\\.|\\*\\*\\*)"
              + "|([a-z]+[-_])*x{3,}"
              + "|todo|password|api[-_]?key|none|null",
          Pattern.CASE_INSENSITIVE);

  private PlaceholderKey() {}

  /**
   * Whether the key was copied from an example, such as {@code your-key-here} or {@code sk-...}.
   */
  static boolean matches(Secret key) {
    return EXAMPLE.matcher(key.reveal()).matches();
  }
}
