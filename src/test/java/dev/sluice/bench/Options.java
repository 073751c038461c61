package dev.sluice.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Command-line options: {@code --name value}, or {@code --name} alone for a switch. */
final class Options {
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads the arguments.
   *
   * @param known the names that may occur, without the dashes
   * @throws IllegalArgumentException for a name that is not known
   */
  Options(List<String> known, String... args) {
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : "";
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            args[i] + " is no option; there are: --" + String.join(" --", known));
      }
      boolean alone = i + 1 == args.length || args[i + 1].startsWith("--");
      values.put(name, alone ? "true" : args[++i]);
    }
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  boolean isSet(String name) {
    return values.containsKey(name);
  }
}
