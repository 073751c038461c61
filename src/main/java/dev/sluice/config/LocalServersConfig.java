package dev.sluice.config;

import java.time.Duration;

/**
 * Model servers on this machine that nobody configured.
 *
 * @param discover whether to look for them
 * @param interval how often
 */
public record LocalServersConfig(boolean discover, Duration interval) {

  public static final LocalServersConfig DEFAULT =
      new LocalServersConfig(true, Duration.ofSeconds(60));
}
