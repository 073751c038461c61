package dev.sluice.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What the load client does.
 *
 * @param port of 127.0.0.1
 * @param path with its query
 * @param body of each request, JSON
 * @param plain whether the answers are not streamed
 * @param connections how many requests are open at a time, each on its own connection
 * @param requests how many are made, if time allows
 * @param time after which no new one starts
 * @param tokens how many each stream should bring
 * @param ramp over which the first requests are spread
 * @param abandon whether all connections are reset when the time is over, wherever their streams
 *     are
 */
record LoadOptions(
    int port,
    String path,
    String body,
    boolean plain,
    int connections,
    int requests,
    Duration time,
    int tokens,
    Duration ramp,
    boolean abandon) {
  private static final List<String> NAMES =
      List.of(
          "url",
          "body",
          "plain",
          "streams",
          "connections",
          "requests",
          "seconds",
          "tokens",
          "ramp",
          "abandon");
  private static final String MESSAGES =
      "{\"model\":\"mock-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

  /**
   * Reads a command line. {@code --streams} and {@code --connections} mean the same; {@code --ramp}
   * is in milliseconds.
   */
  static LoadOptions of(String... args) {
    var options = new Options(NAMES, args);
    var url = URI.create(options.text("url", "http://127.0.0.1:8080/api/chat/stream"));
    boolean plain = options.isSet("plain");
    int requests = options.number("requests", Integer.MAX_VALUE);
    return new LoadOptions(
        url.getPort(),
        url.getRawPath(),
        options.text("body", bodyFor(url.getRawPath(), plain)),
        plain,
        Math.min(options.number("connections", options.number("streams", 64)), requests),
        requests,
        Duration.ofSeconds(options.number("seconds", options.isSet("requests") ? 600 : 10)),
        options.number("tokens", MockSettings.DEFAULT.tokens()),
        Duration.ofMillis(options.number("ramp", 0)),
        options.isSet("abandon"));
  }

  LoadOptions withRequests(int count) {
    return new LoadOptions(
        port, path, body, plain, connections, count, time, tokens, ramp, abandon);
  }

  /** A small question in the shape that the API behind this path asks for. */
  static String bodyFor(String path, boolean plain) {
    if (path.startsWith("/api/")) {
      return "{\"message\":\"hello\",\"provider\":\"openai\"}";
    }
    return MESSAGES
        + (plain ? "}" : ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
  }
}
