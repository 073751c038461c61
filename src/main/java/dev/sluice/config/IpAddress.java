package dev.sluice.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An IP address as 128 bits. An IPv4 address is kept in its IPv6 form {@code ::ffff:a.b.c.d} (RFC
 * 4291, section 2.5.5.2), so that both spellings of it are the same address.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) {
  private static final int LONGEST = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();
  private static final int GROUPS = 8;
  private static final long MAPPED = 0xffffL << 32;

  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");

  /**
   * The address that is written in a text: four decimal bytes, or the text form of RFC 4291,
   * section 2.2, of which a zone ({@code %eth0}) is left out. Nothing for all else: a name is never
   * looked up, and what only some take for an address ({@code 127.1}, {@code 010.0.0.1}) is none.
   */
  public static Optional<IpAddress> parse(String text) {
    int zone = text.indexOf('%');
    String bare = zone > 0 && zone < text.length() - 1 ? text.substring(0, zone) : text;
    if (bare.length() > LONGEST || (zone > 0 && bare.indexOf(':') < 0)) {
      return Optional.empty();
    }
    return bare.indexOf(':') < 0 ? ipv4(bare) : ipv6(bare);
  }

  /** Whether it is an IPv4 address, in whichever form it came. */
  public boolean isIpv4() {
    return high == 0 && low >>> 32 == MAPPED >>> 32;
  }

  /** The first {@code bits} of the 128, from 0, with zeros behind them. */
  public IpAddress prefix(int bits) {
    return new IpAddress(high & mask(bits), low & mask(bits - Long.SIZE));
  }

  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }

  private static Optional<IpAddress> ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    long bits = 0;
    for (String part : parts) {
      if (parts.length != 4 || !BYTE.matcher(part).matches() || Integer.parseInt(part) > 0xff) {
        return Optional.empty();
      }
      bits = bits << 8 | Integer.parseInt(part);
    }
    return Optional.of(new IpAddress(0, MAPPED | bits));
  }

  private static Optional<IpAddress> ipv6(String text) {
    int last = text.lastIndexOf(':') + 1;
    if (text.indexOf('.', last) < 0) {
      return hexadecimal(text);
    }
    return ipv4(text.substring(last))
        .map(end -> String.format("%x:%x", end.low >>> 16 & 0xffff, end.low & 0xffff))
        .flatMap(end -> hexadecimal(text.substring(0, last) + end));
  }

  private static Optional<IpAddress> hexadecimal(String text) {
    String[] sides = text.split("::", -1);
    List<String> groups = new ArrayList<>(groups(sides[0]));
    if (sides.length == 2) {
      List<String> tail = groups(sides[1]);
      int zeros = GROUPS - groups.size() - tail.size();
      groups.addAll(Collections.nCopies(Math.max(zeros, 1), "0"));
      groups.addAll(tail);
    }
    boolean whole = sides.length <= 2 && groups.size() == GROUPS;
    if (!whole || !groups.stream().allMatch(group -> GROUP.matcher(group).matches())) {
      return Optional.empty();
    }
    return Optional.of(new IpAddress(bits(groups.subList(0, 4)), bits(groups.subList(4, 8))));
  }

  private static List<String> groups(String side) {
    return side.isEmpty() ? List.of() : List.of(side.split(":", -1));
  }

  private static long bits(List<String> groups) {
    return groups.stream().mapToLong(group -> Long.parseLong(group, 16)).reduce(0, IpAddress::next);
  }

  private static long next(long bits, long group) {
    return bits << 16 | group;
  }

  @Override
  public String toString() {
    return isIpv4() ? written(8, ".", "%d", 12) : written(16, ":", "%x", 0);
  }

  private String written(int width, String between, String form, int from) {
    return IntStream.range(from, 128 / width)
        .mapToObj(i -> String.format(form, piece(i, width)))
        .collect(Collectors.joining(between));
  }

  private long piece(int index, int width) {
    int start = index * width;
    long half = start < Long.SIZE ? high : low;
    return half << start % Long.SIZE >>> (Long.SIZE - width);
  }
}
