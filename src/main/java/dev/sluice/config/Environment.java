package dev.sluice.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment variables. An empty one counts as not set, as a shell's {@code :-} has it. */
record Environment(Map<String, String> variables) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
  private static final Pattern NAME_AND_DEFAULT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

  Environment {
    variables = Map.copyOf(variables);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
  }

  /**
   * Fills in <code>${NAME}</code> and <code>${NAME:-default}</code>; a doubled dollar sign before
   * the brace stands for one and keeps the rest as it is. What is filled in is not looked at again.
   *
   * @param problems hears what cannot be filled in, as a sentence that begins with a verb
   */
  String fill(String text, Consumer<String> problems) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found, problems)));
  }

  private String replacement(MatchResult found, Consumer<String> problems) {
    if (found.group(1) == null) {
      return "${";
    }
    Matcher inside = NAME_AND_DEFAULT.matcher(found.group(1));
    if (found.group(2).isEmpty() || !inside.matches()) {
      problems.accept("has a placeholder that is not ${NAME} or ${NAME:-default}");
      return "";
    }
    Optional<String> value =
        variable(inside.group(1)).or(() -> Optional.ofNullable(inside.group(2)));
    if (value.isEmpty()) {
      problems.accept("needs the environment variable " + inside.group(1) + ", which is not set");
    }
    return value.orElse("");
  }
}
