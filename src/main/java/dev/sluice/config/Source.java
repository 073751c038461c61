package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the settings of one reading come from besides the file, and where its problems go. */
record Source(Environment environment, List<Problem> problems) {

  /** The setting that a file's value amounts to, once its placeholders are filled in. */
  Setting setting(String path, Value value) {
    return new Setting(path, filled(path, value), this);
  }

  /** The setting that a variable of the environment amounts to; empty if it is not set. */
  Optional<Setting> variable(String name) {
    return environment.variable(name).map(text -> new Setting(name, new Value.Text(text, 0), this));
  }

  void refuse(String path, int line, String message) {
    problems.add(new Problem(path, line, message));
  }

  boolean hasRefused(String path) {
    return problems.stream().anyMatch(problem -> problem.path().equals(path));
  }

  private Value filled(String path, Value value) {
    if (!(value instanceof Value.Text written)) {
      return value;
    }
    List<String> missing = new ArrayList<>();
    String text = environment.fill(written.text(), missing::add);
    missing.forEach(message -> refuse(path, value.line(), message));
    return text.isBlank() || !missing.isEmpty()
        ? new Value.Blank(value.line())
        : new Value.Text(text, value.line());
  }
}
