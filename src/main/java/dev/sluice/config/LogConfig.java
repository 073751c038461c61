package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * What the log says, and where.
 *
 * @param level the least weight of a line: {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN}
 *     or {@code ERROR}
 * @param file where it is written to; null for the standard output
 * @param fileBytes from this size on a new file is begun
 * @param files how many old files are kept
 */
public record LogConfig(
    String level, Format format, @Nullable String file, int fileBytes, int files) {

  public static final LogConfig DEFAULT =
      new LogConfig("INFO", Format.TEXT, null, 10 * 1024 * 1024, 10);

  /** How a line looks. */
  public enum Format {
    TEXT,
    JSON
  }
}
