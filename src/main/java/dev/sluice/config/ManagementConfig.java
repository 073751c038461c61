package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * A port for operators alone, with the health in detail and the metrics.
 *
 * @param port null for none; 0 takes any free port
 */
public record ManagementConfig(String host, @Nullable Integer port) {

  public static final ManagementConfig DEFAULT = new ManagementConfig("127.0.0.1", null);
}
