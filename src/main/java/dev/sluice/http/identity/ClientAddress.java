package dev.sluice.http.identity;

import dev.sluice.chat.Fault;
import dev.sluice.config.Cidr;
import dev.sluice.config.ForwardedHeader;
import dev.sluice.config.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address that a request comes from, behind any number of trusted proxies.
 *
 * <p>Each proxy adds, on the right, whom it was asked by. So the way goes from the peer leftwards
 * for as long as an address is a trusted proxy's; the first that is not is the client, and what
 * stands left of it is the client's own invention. Whatever is not an address ends the way at the
 * last one that was known. Of {@code X-Forwarded-For} and {@code Forwarded} only the one that is
 * configured is read, for a proxy that writes one of them lets its client write the other.
 */
public final class ClientAddress {
  private static final int MOST_HOPS = 10;

  private final List<Cidr> trusted;
  private final ForwardedHeader header;

  public ClientAddress(List<Cidr> trusted, ForwardedHeader header) {
    this.trusted = List.copyOf(trusted);
    this.header = header;
  }

  /**
   * The client's address. No header is looked at unless the peer is trusted.
   *
   * @param peer the address at the other end of the connection
   * @throws RefusedCallerException if a trusted proxy names more than ten hops
   */
  public IpAddress of(IpAddress peer, HeaderLines headers) throws RefusedCallerException {
    if (!isTrusted(peer)) {
      return peer;
    }
    List<String> hops = hops(headers);
    IpAddress client = peer;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      Optional<IpAddress> next = ForwardedNode.address(hops.get(i));
      if (next.isEmpty()) {
        return client;
      }
      client = next.get();
    }
    return client;
  }

  private List<String> hops(HeaderLines headers) throws RefusedCallerException {
    boolean standard = header == ForwardedHeader.FORWARDED;
    List<String> hops = new ArrayList<>();
    for (String line : headers.all(standard ? "forwarded" : "x-forwarded-for")) {
      hops.addAll(standard ? ForwardedElements.nodes(line) : items(line));
    }
    if (hops.size() > MOST_HOPS) {
      throw new RefusedCallerException(
          Fault.INVALID_REQUEST,
          "The request came through more than " + MOST_HOPS + " proxies, as its headers say.");
    }
    return hops;
  }

  /** An empty item counts: a proxy that does not know its client may leave one. */
  private static List<String> items(String line) {
    return List.of(line.split(",", -1)).stream().map(String::strip).toList();
  }

  private boolean isTrusted(IpAddress address) {
    return Cidr.anyContains(trusted, address);
  }
}
