package dev.sluice.http.identity;

import dev.sluice.chat.Fault;
import dev.sluice.config.Cidr;
import dev.sluice.config.ForwardedHeader;
import dev.sluice.config.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one reader of what trusted proxies say of a request: the address of the client, and whether
 * it came over TLS.
 *
 * <p>Each proxy adds, on the right, the address that asked it. So the way goes from the peer
 * leftwards for as long as an address is a trusted proxy's; the first that is not is the client,
 * and what stands left of it is the client's own invention. Text that is not an address ends the
 * way at the last one that was known. Only the configured header is read, {@code X-Forwarded-For}
 * with {@code X-Forwarded-Proto} or {@code Forwarded}, since a proxy that writes one of them lets
 * its client write the other.
 */
public final class TrustedProxies {
  private static final int MOST_HOPS = 10;

  private final List<Cidr> trusted;
  private final boolean standard;

  public TrustedProxies(List<Cidr> trusted, ForwardedHeader header) {
    this.trusted = List.copyOf(trusted);
    this.standard = header == ForwardedHeader.FORWARDED;
  }

  /**
   * The client's address. No header is read unless the peer is trusted.
   *
   * @param peer the address at the other end of the connection
   * @throws RefusedCallerException if a trusted proxy names more than ten hops
   */
  public IpAddress client(IpAddress peer, HeaderLines headers) throws RefusedCallerException {
    if (!isTrusted(peer)) {
      return peer;
    }
    List<ForwardedElement> hops =
        standard
            ? elements(headers)
            : items(headers, "x-forwarded-for").map(ForwardedElement::ofNode).toList();
    if (hops.size() > MOST_HOPS) {
      throw new RefusedCallerException(
          Fault.INVALID_REQUEST,
          "The request came through more than " + MOST_HOPS + " proxies, as its headers say.");
    }
    return walk(peer, hops).client();
  }

  /**
   * Whether the client came over TLS. In {@code Forwarded} the element counts that the trusted
   * proxy next to the client wrote. {@code X-Forwarded-Proto} is not aligned with the hops, so its
   * right-most element counts, which is the peer's.
   */
  public boolean sayHttps(IpAddress peer, HeaderLines headers) {
    if (!isTrusted(peer)) {
      return false;
    }
    String scheme =
        standard
            ? walk(peer, elements(headers)).scheme()
            : items(headers, "x-forwarded-proto").reduce("", (left, right) -> right);
    return scheme.equalsIgnoreCase("https");
  }

  /**
   * The host that the client asked, by the word of the trusted proxy next to it ({@code Forwarded})
   * or of the peer ({@code X-Forwarded-Host}); nothing if it says none.
   */
  public Optional<String> host(IpAddress peer, HeaderLines headers) {
    if (!isTrusted(peer)) {
      return Optional.empty();
    }
    String host =
        standard
            ? walk(peer, elements(headers)).host()
            : items(headers, "x-forwarded-host").reduce("", (left, right) -> right);
    return Optional.of(host).filter(said -> !said.isEmpty());
  }

  /** The client, and what it asked by the word of the last proxy on the way to it. */
  private record Way(IpAddress client, String scheme, String host) {}

  private Way walk(IpAddress peer, List<ForwardedElement> hops) {
    Way way = new Way(peer, "", "");
    for (int i = hops.size() - 1; i >= 0 && isTrusted(way.client()); i--) {
      Optional<IpAddress> next = ForwardedNode.address(hops.get(i).node());
      way = new Way(next.orElse(way.client()), hops.get(i).scheme(), hops.get(i).host());
      if (next.isEmpty()) {
        return way;
      }
    }
    return way;
  }

  private static List<ForwardedElement> elements(HeaderLines headers) {
    List<ForwardedElement> elements = new ArrayList<>();
    headers.all("forwarded").forEach(line -> elements.addAll(ForwardedElements.of(line)));
    return elements;
  }

  /** An empty item counts: a proxy that does not know its client may leave one. */
  private static Stream<String> items(HeaderLines headers, String name) {
    return headers.all(name).stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip);
  }

  /** Whether {@code address} is a trusted proxy's. */
  public boolean isTrusted(IpAddress address) {
    return Cidr.anyContains(trusted, address);
  }
}
