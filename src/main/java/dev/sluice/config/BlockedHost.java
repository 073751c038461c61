package dev.sluice.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Addresses that no upstream has but that tell a cloud machine's secrets to whoever asks from
 * there, in all the ways they can be spelled.
 */
public final class BlockedHost {
  private static final Set<String> NAMES =
      Set.of("metadata", "metadata.google.internal", "instance-data", "instance-data.ec2.internal");

  /** Metadata services outside the link-local ranges: Alibaba's, and Amazon's over IPv6. */
  private static final Set<InetAddress> ADDRESSES =
      Set.of(literal("100.100.100.200"), literal("fd00:ec2::254"));

  private static final Pattern OCTAL = Pattern.compile("0[0-7]+");

  private BlockedHost() {}

  /**
   * Whether a host, as it stands in a URL, is such a name or address. Resolves nothing: a name that
   * leads to such an address is found out by {@link #isBlocked(InetAddress)} upon connecting.
   */
  public static boolean isBlocked(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      int end = name.indexOf('%') < 0 ? name.length() - 1 : name.indexOf('%');
      return isBlocked(literal("[" + name.substring(1, end) + "]"));
    }
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return NAMES.contains(name) || isBlockedIpv4(name, 8) || isBlockedIpv4(name, 10);
  }

  /** Whether an address is link-local or a metadata service, itself or wrapped into IPv6. */
  public static boolean isBlocked(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLinkLocalAddress()
        || ADDRESSES.contains(address)
        || (bytes.length == 16 && wrapped(bytes).filter(BlockedHost::isBlocked).isPresent());
  }

  /** The IPv4 address inside an IPv6 one: compatible, NAT64 (RFC 6052) or 6to4 (RFC 3056). */
  private static Optional<InetAddress> wrapped(byte[] bytes) {
    byte[] prefix = Arrays.copyOf(bytes, 12);
    boolean compatible = Arrays.equals(prefix, new byte[12]);
    boolean nat64 = Arrays.equals(prefix, Arrays.copyOf(literal("64:ff9b::").getAddress(), 12));
    if (compatible || nat64) {
      return Optional.of(address(Arrays.copyOfRange(bytes, 12, 16)));
    }
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    return sixToFour ? Optional.of(address(Arrays.copyOfRange(bytes, 2, 6))) : Optional.empty();
  }

  /** A leading zero means octal to some and nothing to others: both have to be looked at. */
  private static boolean isBlockedIpv4(String name, int radixAfterZero) {
    return ipv4(name, radixAfterZero).filter(BlockedHost::isBlocked).isPresent();
  }

  /**
   * The IPv4 address that {@code inet_aton} sees in a text: one to four numbers, each decimal,
   * octal or hexadecimal, of which the last fills all bytes that are left (WHATWG URL, "IPv4
   * parser").
   */
  private static Optional<InetAddress> ipv4(String name, int radixAfterZero) {
    String[] parts = name.split("\\.", -1);
    if (parts.length > 4) {
      return Optional.empty();
    }
    long bits = 0;
    for (int i = 0; i < parts.length; i++) {
      int room = i == parts.length - 1 ? 8 * (4 - i) : 8;
      Optional<Long> part = number(parts[i], radixAfterZero).filter(n -> n >>> room == 0);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      bits = bits << room | part.get();
    }
    return Optional.of(address(ByteBuffer.allocate(4).putInt((int) bits).array()));
  }

  private static Optional<Long> number(String text, int radixAfterZero) {
    try {
      if (text.startsWith("0x")) {
        return Optional.of(text.length() == 2 ? 0 : Long.parseUnsignedLong(text.substring(2), 16));
      }
      boolean octal = radixAfterZero == 8 && OCTAL.matcher(text).matches();
      return Optional.of(Long.parseUnsignedLong(text, octal ? 8 : 10));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not an address", e);
    }
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not four or sixteen bytes", e);
    }
  }
}
