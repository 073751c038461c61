package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::ffff:192.0.2.7, 192.0.2.7",
    "::FFFF:c000:207, 192.0.2.7",
    "0:0:0:0:0:ffff:192.0.2.7, 192.0.2.7",
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "1::, 1:0:0:0:0:0:0:0",
    "2001:DB8::8:800:200C:417A, 2001:db8:0:0:8:800:200c:417a",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "64:ff9b::192.0.2.33, 64:ff9b:0:0:0:0:c000:221",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
    "fe80::1%25en1, fe80:0:0:0:0:0:0:1",
  })
  void readsEveryWayToWriteAnAddress(String text, String address) {
    assertThat(IpAddress.parse(text)).map(IpAddress::toString).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        ":",
        "%",
        "%eth0",
        ":::",
        "1",
        "127.1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "0x7f.0.0.1",
        "2130706433",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.-4",
        "1.2.3.4%eth0",
        "1.2.3.4:80",
        "[::1]",
        "::1%",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "::g",
        "1.2.3.4::",
        "::1.2.3",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "evil.example",
        "localhost",
        "unknown",
        "_hidden",
        "١.٢.٣.٤",
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
      })
  void whatIsNoAddressIsNotTakenForOne(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Property
  void readsWhatTheJdkWrites(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
    ByteBuffer bits = ByteBuffer.wrap(bytes);
    IpAddress address = new IpAddress(bits.getLong(), bits.getLong());
    String written = InetAddress.getByAddress(bytes).getHostAddress();
    assertThat(IpAddress.parse(written)).contains(address);
    assertThat(IpAddress.parse(address.toString())).contains(address);
  }

  @Property
  void anIpv4AddressIsTheSameInItsIpv6Form(@ForAll @Size(4) byte[] bytes)
      throws UnknownHostException {
    String written = InetAddress.getByAddress(bytes).getHostAddress();
    IpAddress address = IpAddress.parse(written).orElseThrow();
    assertThat(address.isIpv4()).isTrue();
    assertThat(IpAddress.parse("::ffff:" + written)).contains(address);
    assertThat(address).hasToString(written);
  }

  @Property(tries = 2000)
  void anyTextIsAnAddressOrNone(@ForAll String text) {
    IpAddress.parse(text)
        .ifPresent(address -> assertThat(IpAddress.parse(address.toString())).contains(address));
  }
}
