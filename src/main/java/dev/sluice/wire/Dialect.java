package dev.sluice.wire;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one upstream's use of a format differs from the vendor's own: differences that are only data.
 *
 * @param rename members of the outgoing body to call otherwise, such as {@code
 *     max_completion_tokens} to {@code max_tokens}
 * @param drop members of the outgoing body to leave out, by their name before {@code rename}
 * @param version the API version to ask for ({@code anthropic-version}), or null if the format has
 *     none
 * @param maxTokens the token limit to send where the format demands one and the request names none
 */
public record Dialect(
    Map<String, String> rename, Set<String> drop, @Nullable String version, int maxTokens) {

  /** The vendor's own. */
  public static final Dialect STANDARD = new Dialect(Map.of(), Set.of(), null, 4096);

  public Dialect {
    rename = Map.copyOf(rename);
    drop = Set.copyOf(drop);
  }
}
