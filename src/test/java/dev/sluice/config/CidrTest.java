package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "192.0.2.7/32, 192.0.2.7, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.7, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8:0:8000::/49, 2001:db8:0:ffff::1, true",
    "2001:db8:0:8000::/49, 2001:db8:0:7fff::1, false",
    "::1, ::1, true",
    "::1, ::2, false",
  })
  void holdsTheAddressesThatShareItsFirstBits(String range, String address, boolean inside) {
    assertThat(Cidr.parse(range).orElseThrow().contains(IpAddress.parse(address).orElseThrow()))
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "10.0.0.0/ 8",
        "10.0.0.0/8 ",
        "10/8",
        "10.0.0.0/255.0.0.0",
        "::/129",
        "::1/127",
        "::ffff:0:0/95",
        "fe80::%eth0/64",
        "evil.example",
        "evil.example/8",
        "10.0.0.0/9999999999",
      })
  void whatIsNoRangeIsNotTakenForOne(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @Property
  void comparesBitsInIpv6(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int length) {
    IpAddress inside = new IpAddress(high, low);
    Cidr range = new Cidr(inside.prefix(length), length);
    IpAddress near = length == 0 ? inside : flipped(inside, length - 1);
    assertThat(range.contains(inside)).isTrue();
    assertThat(range.contains(near)).isEqualTo(length == 0);
    assertThat(range.contains(new IpAddress(low, high)))
        .isEqualTo(sharesBits(inside, new IpAddress(low, high), length));
  }

  private static IpAddress flipped(IpAddress address, int bit) {
    long one = 1L << (63 - bit % 64);
    return bit < 64
        ? new IpAddress(address.high() ^ one, address.low())
        : new IpAddress(address.high(), address.low() ^ one);
  }

  @Property
  void comparesBitsInIpv4(@ForAll int one, @ForAll int other, @ForAll @IntRange(max = 32) int len) {
    int mask = len == 0 ? 0 : -1 << (32 - len);
    Cidr range = Cidr.parse(ipv4(one & mask) + "/" + len).orElseThrow();
    assertThat(range.contains(ipv4(one))).isTrue();
    assertThat(range.contains(ipv4(other))).isEqualTo((one & mask) == (other & mask));
    int nearest = len == 0 ? one : one ^ 1 << (32 - len);
    assertThat(range.contains(ipv4(nearest))).isEqualTo(len == 0);
  }

  private static IpAddress ipv4(int bits) {
    return new IpAddress(0, 0xffff_0000_0000L | Integer.toUnsignedLong(bits));
  }

  private static boolean sharesBits(IpAddress one, IpAddress other, int length) {
    return number(one).xor(number(other)).shiftRight(128 - length).signum() == 0;
  }

  private static BigInteger number(IpAddress address) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array();
    return new BigInteger(1, bytes);
  }
}
