package dev.sluice.chat;

import java.time.Duration;

/**
 * How many requests one client may start in any stretch of time of a certain length.
 *
 * @param name what headers and messages call it, such as {@code minute}
 * @param requests at least 1
 * @param window at least a millisecond
 */
public record Limit(String name, int requests, Duration window) {
  public Limit {
    if (requests < 1 || window.toMillis() < 1) {
      throw new IllegalArgumentException("A limit needs a request and a millisecond: " + name);
    }
  }
}
