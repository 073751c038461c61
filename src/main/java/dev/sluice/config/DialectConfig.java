package dev.sluice.config;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream departs from the format that it speaks.
 *
 * @param rename members of the outgoing body to call otherwise
 * @param drop members of the outgoing body to leave out, by their name before {@code rename}
 * @param version the API version to ask for, or null if the format has none
 * @param maxTokens the token limit to send where the format demands one and the request names none
 */
public record DialectConfig(
    Map<String, String> rename, Set<String> drop, @Nullable String version, int maxTokens) {

  public static final DialectConfig STANDARD = new DialectConfig(Map.of(), Set.of(), null, 4096);

  public DialectConfig {
    rename = Map.copyOf(rename);
    drop = Set.copyOf(drop);
  }
}
