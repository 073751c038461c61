package dev.sluice;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.sluice.config.LogConfig;
import net.logstash.logback.decorate.json.CharacterEscapesDecorator;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the log look as the settings say. */
final class LogSettings {
  private static final String ASYNC = "async";
  private static final char DELETE = 0x7f;

  /** How many lines may wait to be written; those that come when it is full are lost. */
  private static final int WAITING_LINES = 4_096;

  private static final int LAST_LINES_MILLIS = 1_000;
  private static final int LOOK_AT_SIZE_MILLIS = 1_000;

  private LogSettings() {}

  /**
   * Sets format, place and level. Lines are written by a thread of their own, which never blocks
   * others: a terminal that nobody reads would otherwise stop every event loop.
   */
  static void apply(LogConfig config) {
    LoggerContext context = context();
    context.reset();
    AsyncAppender async = new AsyncAppender();
    async.setName(ASYNC);
    async.setContext(context);
    async.setQueueSize(WAITING_LINES);
    async.setNeverBlock(true);
    async.setMaxFlushTime(LAST_LINES_MILLIS);
    async.addAppender(appender(config, context));
    async.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(async);
    // Frames that arrive after their conversation was cancelled are expected.
    context.getLogger("io.vertx.core.eventbus").setLevel(Level.ERROR);
    setLevel(config);
  }

  /** Sets the level alone. */
  static void setLevel(LogConfig config) {
    context().getLogger("dev.sluice").setLevel(Level.toLevel(config.level()));
  }

  /** How many lines wait to be written. */
  static int waitingLines() {
    return context().getLogger(Logger.ROOT_LOGGER_NAME).getAppender(ASYNC)
            instanceof AsyncAppender async
        ? async.getNumberOfElementsInQueue()
        : 0;
  }

  /** Writes out what is still waiting; for the end of the process. */
  static void flush() {
    context().stop();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static Appender<ILoggingEvent> appender(LogConfig config, LoggerContext context) {
    OutputStreamAppender<ILoggingEvent> appender =
        config.file() == null ? new ConsoleAppender<>() : file(config, config.file(), context);
    appender.setContext(context);
    appender.setEncoder(encoder(config.format(), context));
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> encoder(LogConfig.Format format, LoggerContext context) {
    EncoderBase<ILoggingEvent> encoder;
    if (format == LogConfig.Format.JSON) {
      encoder = json();
    } else {
      TextLines text = new TextLines();
      text.setContext(context);
      text.start();
      LayoutWrappingEncoder<ILoggingEvent> lines = new LayoutWrappingEncoder<>();
      lines.setLayout(text);
      encoder = lines;
    }
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /** JSON itself escapes controls below a blank; the other unsafe characters are added. */
  private static LogstashEncoder json() {
    CharacterEscapesDecorator escapes = new CharacterEscapesDecorator();
    for (char unit = DELETE; unit < Character.MAX_VALUE; unit++) {
      if (LogText.isUnsafe(unit) && !Character.isSurrogate(unit)) {
        escapes.addEscape(new CharacterEscapesDecorator.Escape(unit, LogText.escape(unit)));
      }
    }
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.addDecorator(escapes);
    return encoder;
  }

  /** A file that is put aside when it has grown: {@code a.log} becomes {@code a.log.1}. */
  private static OutputStreamAppender<ILoggingEvent> file(
      LogConfig config, String name, LoggerContext context) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(name);
    FixedWindowRollingPolicy aside = new FixedWindowRollingPolicy();
    aside.setContext(context);
    aside.setParent(appender);
    aside.setFileNamePattern(name + ".%i");
    aside.setMinIndex(1);
    aside.setMaxIndex(config.files());
    aside.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(config.fileBytes()));
    size.setCheckIncrement(Duration.buildByMilliseconds(LOOK_AT_SIZE_MILLIS));
    size.start();
    appender.setRollingPolicy(aside);
    appender.setTriggeringPolicy(size);
    return appender;
  }
}
