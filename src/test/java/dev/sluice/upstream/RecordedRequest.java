package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived at a fake upstream.
 *
 * @param connection the number of its connection, counted from 1
 * @param path the request target as sent, with its query
 * @param headers lower-case names in order of arrival, repeated ones joined by a comma
 * @param body without the framing
 * @param atNanos when it had arrived in full, as {@link System#nanoTime}
 */
public record RecordedRequest(
    int connection,
    String method,
    String path,
    Map<String, String> headers,
    byte[] body,
    long atNanos) {

  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The value of a header field, by its lower-case name. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }
}
