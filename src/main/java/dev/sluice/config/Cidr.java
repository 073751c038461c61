package dev.sluice.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses (RFC 4632, section 3.1; RFC 4291, section 2.3). IPv4 and IPv6 are two
 * worlds: {@code ::/0} holds no IPv4 address.
 *
 * @param network the range's first address
 * @param bits how many of an address's 128 bits all addresses of the range share; for IPv4 96 more
 *     than is written
 */
public record Cidr(IpAddress network, int bits) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  /**
   * The range that is written in a text such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code
   * 192.0.2.7}, which is itself alone. Nothing if it is anything else, such as a name, or if a bit
   * is set behind the shared ones: then it is not clear which range was meant.
   */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (address.indexOf('%') >= 0) {
      return Optional.empty();
    }
    int width = address.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS;
    return length(slash < 0 ? Integer.toString(width) : text.substring(slash + 1), width)
        .flatMap(bits -> IpAddress.parse(address).map(first -> new Cidr(first, bits)))
        .filter(range -> range.network.prefix(range.bits).equals(range.network));
  }

  private static Optional<Integer> length(String text, int width) {
    return Optional.of(text)
        .filter(written -> LENGTH.matcher(written).matches())
        .map(Integer::valueOf)
        .filter(bits -> bits <= width)
        .map(bits -> bits + IPV6_BITS - width);
  }

  /** Whether any of {@code ranges} has it. */
  public static boolean anyContains(List<Cidr> ranges, IpAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  public boolean contains(IpAddress address) {
    return address.isIpv4() == network.isIpv4() && address.prefix(bits).equals(network);
  }
}
