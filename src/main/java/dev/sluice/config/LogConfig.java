package dev.sluice.config;

/**
 * What the log says.
 *
 * @param level the least weight of a line: {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN}
 *     or {@code ERROR}
 */
public record LogConfig(String level, Format format) {

  public static final LogConfig DEFAULT = new LogConfig("INFO", Format.TEXT);

  /** How a line looks. */
  public enum Format {
    TEXT,
    JSON
  }
}
