package dev.sluice.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is reached.
 *
 * @param host the address to listen on
 * @param port 0 takes any free port
 * @param hosts the host names that the gateway answers for; empty for the defaults
 * @param maxBodyBytes the longest request body
 * @param bodyMemoryBytes memory for all request bodies together; 0 for an eighth of the heap
 * @param bodyDeadline how long a body may stall, and how long a small one may take
 * @param connections the most connections of clients; 0 for what descriptors and heap carry
 * @param connectionsPerAddress the most connections of one address; 0 for half of all
 * @param idleTimeout after how long without a byte a connection is closed; longer than the
 *     heartbeat
 * @param drain how long streams may go on once the process is told to stop
 * @param holdStatus how long the status line waits for the model's first content, so that a failure
 *     can still have its own status
 * @param heartbeat how often a silent stream gets a comment
 * @param slowClient how long a client may leave its stream unread
 * @param instances event loops that serve HTTP; 0 means one for each core
 * @param tls null for plain HTTP
 * @param trustedProxies whose word about the client's address is taken; by default nobody's
 * @param forwardedHeader the header that has this word
 * @param secretKey what client ids are signed with, the same on all gateways that share a Redis; or
 *     null
 * @param offline whether browsers keep the page, so that it opens while no gateway answers
 * @param forceHttps whether whoever comes without TLS is sent to it, and told to stay there (HSTS)
 * @param corsOrigins whose pages may ask the API from a browser besides our own; {@code *} for all
 */
public record HttpConfig(
    String host,
    int port,
    List<String> hosts,
    int maxBodyBytes,
    long bodyMemoryBytes,
    Duration bodyDeadline,
    int connections,
    int connectionsPerAddress,
    Duration idleTimeout,
    Duration drain,
    Duration holdStatus,
    Duration heartbeat,
    Duration slowClient,
    int instances,
    @Nullable TlsConfig tls,
    List<Cidr> trustedProxies,
    ForwardedHeader forwardedHeader,
    @Nullable Secret secretKey,
    boolean offline,
    boolean forceHttps,
    List<String> corsOrigins) {

  public static final HttpConfig DEFAULT =
      new HttpConfig(
          "127.0.0.1",
          8080,
          List.of(),
          1 << 20,
          0,
          Duration.ofSeconds(15),
          0,
          0,
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          0,
          null,
          List.of(),
          ForwardedHeader.X_FORWARDED_FOR,
          null,
          true,
          false,
          List.of());

  public HttpConfig {
    hosts = List.copyOf(hosts);
    trustedProxies = List.copyOf(trustedProxies);
    corsOrigins = List.copyOf(corsOrigins);
  }
}
