package dev.sluice.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that counts for several gateways.
 *
 * @param url {@code redis://} or, encrypted, {@code rediss://}, with user and password, or the same
 *     with {@code +sentinel} or {@code +cluster}; null to count in the process
 * @param caCertificate the path of a PEM file with the authorities to trust, or null for the usual
 *     ones
 * @param deadline how long a chat may wait for one of its answers; at most {@link
 *     dev.sluice.chat.InternalDeadlines#LONGEST_REDIS_CALL}
 * @param gateways how many gateways share it, which decides each one's share while it is away
 * @param whenAway what holds while it cannot be asked
 */
public record RedisConfig(
    @Nullable Secret url,
    @Nullable String caCertificate,
    Duration deadline,
    int gateways,
    WhenAway whenAway) {

  public static final RedisConfig NONE =
      new RedisConfig(null, null, Duration.ofMillis(50), 1, WhenAway.LOCAL);

  /** What holds while Redis cannot be asked. */
  public enum WhenAway {
    /** Each gateway counts for itself, up to its share of each limit. */
    LOCAL,
    /** No chat begins. */
    CLOSED,
    /** Every chat may begin. */
    OPEN
  }
}
