package dev.sluice.http;

import dev.sluice.config.HttpConfig;
import dev.sluice.config.IpAddress;
import dev.sluice.config.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Host names by which the gateway may be asked. A page of another site can make its own name lead
 * to the gateway's address (DNS rebinding); the name that the browser then sends is not in the
 * list. Ports do not count.
 */
final class Hosts {
  private static final String ANY = "*";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Set<String> names;
  private final boolean defaults;

  private Hosts(Set<String> names, boolean defaults) {
    this.names = names;
    this.defaults = defaults;
  }

  /**
   * The hosts of {@code http.hosts}. By default a gateway that listens on the loopback has the
   * names of the loopback, one with a certificate the names in it, and any other one all names.
   *
   * @param certificateNames the names in the certificate; empty without TLS
   */
  static Hosts of(HttpConfig http, List<String> certificateNames) {
    return http.hosts().isEmpty()
        ? new Hosts(defaults(http.host(), certificateNames), true)
        : new Hosts(Set.copyOf(http.hosts()), false);
  }

  /** The same with the names in the certificate that {@code http} configures, if it does. */
  static Future<Hosts> load(Vertx vertx, HttpConfig http) {
    TlsConfig tls = http.tls();
    Future<List<String>> names =
        tls == null
            ? Future.succeededFuture(List.of())
            : vertx
                .fileSystem()
                .readFile(Path.of(tls.certificate()).toAbsolutePath().toString())
                .map(pem -> CertificateNames.of(pem.getBytes()));
    return names.map(known -> of(http, known));
  }

  /** The hosts of a port of its own, such as the operators', which has no certificate. */
  static Hosts listeningOn(String host) {
    return new Hosts(defaults(host, List.of()), true);
  }

  private static Set<String> defaults(String listens, List<String> certificateNames) {
    if (!certificateNames.isEmpty()) {
      return Set.copyOf(certificateNames);
    }
    return isLoopback(listens) ? LOOPBACK : Set.of(ANY);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  /** Whether no setting lists the names. */
  boolean areDefaults() {
    return defaults;
  }

  /**
   * Whether {@code authority} is a name of the gateway.
   *
   * @param local the address that the connection came to; a browser that was given it in place of a
   *     name cannot have been rebound
   */
  boolean allow(@Nullable HostAndPort authority, @Nullable String local) {
    if (names.contains(ANY) || authority == null) {
      return true; // without a Host it is HTTP/1.0, and no browser
    }
    String name = authority.host().toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return names.contains(bare) || matchesWildcard(bare) || isLocal(bare, local);
  }

  /** {@code *.example.com} stands for one more label, as in certificates (RFC 6125, 6.4.3). */
  private boolean matchesWildcard(String name) {
    int dot = name.indexOf('.');
    return dot > 0 && names.contains("*" + name.substring(dot));
  }

  private static boolean isLocal(String name, @Nullable String local) {
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    Optional<IpAddress> literal = IpAddress.parse(bare);
    return literal.isPresent() && local != null && literal.equals(IpAddress.parse(local));
  }
}
