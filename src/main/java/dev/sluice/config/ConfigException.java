package dev.sluice.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The settings are refused as a whole. The message names the source, then each problem a line. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final List<Problem> problems;

  ConfigException(String source, List<Problem> problems) {
    this(problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList(), source);
  }

  private ConfigException(List<Problem> inOrder, String source) {
    super(
        inOrder.stream()
            .map(problem -> System.lineSeparator() + "  " + problem)
            .collect(Collectors.joining("", source + " cannot be used:", "")));
    problems = inOrder;
  }

  /** All problems: those of the environment, then those of the file from top to bottom. */
  public List<Problem> problems() {
    return problems;
  }
}
