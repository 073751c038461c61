package dev.sluice.upstream;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status and header fields of an answer.
 *
 * @param headers lower-case names in order of arrival, repeated ones joined by a comma
 */
public record ResponseHead(int status, Map<String, String> headers) {
  /** The value of a header field, by its lower-case name. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }
}
