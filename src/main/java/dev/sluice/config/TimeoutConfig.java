package dev.sluice.config;

import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect to accept a connection, TLS included
 * @param firstToken to show the first content of an answer
 * @param silence between one content and the next; heartbeats do not count as content
 * @param total for the whole answer
 */
public record TimeoutConfig(
    Duration connect, Duration firstToken, Duration silence, Duration total) {

  public static final TimeoutConfig DEFAULT =
      new TimeoutConfig(
          Duration.ofSeconds(3),
          Duration.ofSeconds(120),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10));
}
