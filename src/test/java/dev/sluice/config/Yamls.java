package dev.sluice.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

/** Small files to read, and what the reader has to say about them. */
final class Yamls {
  private Yamls() {}

  /** A file with one setting: {@code a.b} and {@code 1} give {@code a: {b: 1}} in block style. */
  static String nested(String path, String value) {
    StringBuilder yaml = new StringBuilder();
    String indent = "";
    String gap = "";
    for (String name : names(path)) {
      yaml.append(gap).append(indent).append(name).append(":");
      indent += "  ";
      gap = "\n";
    }
    return yaml.append(" ").append(value).append("\n").toString();
  }

  static List<String> names(String path) {
    return List.of(path.split("\\.", -1));
  }

  static Config read(String yaml, Map<String, String> environment) {
    return ConfigReader.read("test.yaml", yaml, environment);
  }

  static Config read(String yaml) {
    return read(yaml, Map.of());
  }

  /** The problems of a file that has some. */
  static List<Problem> problems(String yaml, Map<String, String> environment) {
    return catchThrowableOfType(ConfigException.class, () -> read(yaml, environment)).problems();
  }
}
