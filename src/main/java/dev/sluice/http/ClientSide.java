package dev.sluice.http;

import dev.sluice.config.HttpConfig;
import dev.sluice.config.IpAddress;
import dev.sluice.http.identity.RefusedCallerException;
import dev.sluice.http.identity.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client's side of a request, by its connection and by what trusted proxies say. */
final class ClientSide {
  /** For a peer whose address is not known any more; all of them are counted together. */
  private static final IpAddress NOWHERE = new IpAddress(0, 0);

  private final TrustedProxies proxies;

  ClientSide(HttpConfig http) {
    proxies = new TrustedProxies(http.trustedProxies(), http.forwardedHeader());
  }

  /**
   * The client's address.
   *
   * @throws RefusedCallerException if the request came through too many proxies
   */
  IpAddress address(HttpServerRequest request) throws RefusedCallerException {
    return proxies.client(peer(request), request.headers()::getAll);
  }

  /** Whether the client came over TLS. */
  boolean isSecure(HttpServerRequest request) {
    return request.isSSL() || proxies.sayHttps(peer(request), request.headers()::getAll);
  }

  /** The host that the client asked: by a trusted proxy's word, else by the request itself. */
  @Nullable HostAndPort host(HttpServerRequest request) {
    return proxies
        .host(peer(request), request.headers()::getAll)
        .map(host -> HostAndPort.parseAuthority(host, -1))
        .orElseGet(request::authority);
  }

  /** Whether the request came through a trusted proxy. */
  boolean isProxied(HttpServerRequest request) {
    return proxies.isTrusted(peer(request));
  }

  private static IpAddress peer(HttpServerRequest request) {
    return Optional.ofNullable(request.remoteAddress())
        .map(SocketAddress::hostAddress)
        .flatMap(IpAddress::parse)
        .orElse(NOWHERE);
  }
}
