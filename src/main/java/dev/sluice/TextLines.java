package dev.sluice;

import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The log as text: time, level, logger, message, {@code key=value} pairs, and the stack trace on
 * lines of its own. All that may have come from outside passes through {@link LogText}. A value
 * that could be taken for several pairs stands in quotes.
 */
final class TextLines extends LayoutBase<ILoggingEvent> {
  private static final int LOGGER_LENGTH = 20;
  private static final Pattern PLAIN = Pattern.compile("[^\\s\"=]+");

  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private final TargetLengthBasedClassNameAbbreviator loggers =
      new TargetLengthBasedClassNameAbbreviator(LOGGER_LENGTH);

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256);
    time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(String.format(" %-5s ", event.getLevel()))
        .append(loggers.abbreviate(event.getLoggerName()))
        .append(' ')
        .append(LogText.safe(event.getFormattedMessage()));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> line.append(' ').append(pair.key).append('=').append(value(pair)));
    }
    line.append(System.lineSeparator());
    append(line, "", event.getThrowableProxy());
    return line.toString();
  }

  private static String value(KeyValuePair pair) {
    String value = LogText.safe(String.valueOf(pair.value));
    return PLAIN.matcher(value).matches() ? value : '"' + value.replace("\"", "\\\"") + '"';
  }

  private static void append(StringBuilder out, String title, @Nullable IThrowableProxy thrown) {
    if (thrown == null) {
      return;
    }
    out.append(title).append(thrown.getClassName());
    if (thrown.getMessage() != null) {
      out.append(": ").append(LogText.safe(thrown.getMessage()));
    }
    out.append(System.lineSeparator());
    StackTraceElementProxy[] steps = thrown.getStackTraceElementProxyArray();
    for (int i = 0; i < steps.length - thrown.getCommonFrames(); i++) {
      out.append('\t').append(steps[i].getSTEAsString()).append(System.lineSeparator());
    }
    if (thrown.getCommonFrames() > 0) {
      out.append("\t... ").append(thrown.getCommonFrames()).append(" common frames omitted");
      out.append(System.lineSeparator());
    }
    for (IThrowableProxy suppressed : thrown.getSuppressed()) {
      append(out, "Suppressed: ", suppressed);
    }
    append(out, "Caused by: ", thrown.getCause());
  }
}
