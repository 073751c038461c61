package dev.sluice;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.sluice.config.LogConfig;
import java.net.URL;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** Makes the log look as the settings say. */
final class LogSettings {
  private LogSettings() {}

  /**
   * Sets format and level. Lines are written by a thread of their own, which never blocks others.
   */
  static void apply(LogConfig config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    String name = "/logback-" + config.format().name().toLowerCase(Locale.ROOT) + ".xml";
    URL file = Objects.requireNonNull(LogSettings.class.getResource(name), name);
    context.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(file);
    } catch (JoranException e) {
      throw new IllegalStateException(name + " is not valid", e);
    }
    setLevel(config);
  }

  /** Sets the level alone. */
  static void setLevel(LogConfig config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger("dev.sluice").setLevel(Level.toLevel(config.level()));
  }

  /** Writes out what is still waiting; for the end of the process. */
  static void flush() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }
}
