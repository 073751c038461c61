package dev.sluice.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code log}. */
final class LogReader {
  private static final Map<String, String> LEVELS = levels();

  private LogReader() {}

  static LogConfig read(Section in) {
    LogConfig usual = LogConfig.DEFAULT;
    return new LogConfig(
        in.key("level").or("LOG_LEVEL").choice(LEVELS).orElse(usual.level()),
        in.key("format").or("LOG_FORMAT").choice(LogConfig.Format.class).orElse(usual.format()),
        in.key("file").or("LOG_FILE").newFile().orElse(null),
        in.key("file_size").bytes(1 << 10, 1 << 30).orElse(usual.fileBytes()),
        in.key("files").integer(1, 1_000).orElse(usual.files()));
  }

  /** The usual words, and those that Python has for them. */
  private static Map<String, String> levels() {
    Map<String, String> levels = new LinkedHashMap<>();
    levels.put("trace", "TRACE");
    levels.put("debug", "DEBUG");
    levels.put("info", "INFO");
    levels.put("warn", "WARN");
    levels.put("warning", "WARN");
    levels.put("error", "ERROR");
    levels.put("critical", "ERROR");
    return levels;
  }
}
