package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v1",
        "HTTPS://API.example.com",
        "http://127.0.0.1:11434/v1/",
        "http://localhost:8080",
        "http://10.0.0.7:8000/v1",
        "http://0.0.0.0:8000",
        "http://[::1]:8000/v1",
        "http://[fd12:3456::1]",
        "http://169.253.1.1",
        "http://169.25.4.1",
        "http://169.254.example.com",
        "https://a.b/c/d/",
      })
  void isAccepted(String url) {
    assertThat(UpstreamUrl.objection(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.openai.com",
        "//api.openai.com",
        "ftp://a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///v1",
        "https:a",
        "http://user@a",
        "http://user:pa_ss@a_b",
        "http://a?b",
        "http://a#b",
        "http://a b",
        "http://a:99999",
        "http://a:0",
        "http://a_b",
        "http://a%2eb",
        "http://169.254.169.254",
        "http://169.254.169.254.",
        "http://169.254.169.254:80/latest/meta-data",
        "http://169.254.0.1",
        "http://2852039166",
        "http://0xA9FEA9FE",
        "http://0xa9.0xfe.0xa9.0xfe",
        "http://0251.0376.0251.0376",
        "http://169.254.43518",
        "http://169.16689662",
        "http://0169.0254.0169.0254",
        "http://[fe80::1]",
        "http://[febf::1]:80",
        "http://[fe80::1%25eth0]",
        "http://[::ffff:169.254.169.254]",
        "http://[::ffff:a9fe:a9fe]",
        "http://[0:0:0:0:0:ffff:a9fe:a9fe]",
        "http://[::169.254.169.254]",
        "http://[64:ff9b::a9fe:a9fe]",
        "http://[2002:a9fe:a9fe::1]",
        "http://[fd00:ec2::254]",
        "http://100.100.100.200",
        "http://metadata.google.internal",
        "http://METADATA.google.internal./computeMetadata",
        "http://metadata",
      })
  void isRefused(String url) {
    assertThat(UpstreamUrl.objection(url)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "0xa9fea9fe, true",
    "2852039166, true",
    "025177524776, true",
    "0251.0376.0251.0376, true",
    "0xa9.254.0251.0xfe, true",
    "169.0254.1.1, true",
    "169.254.65535, true",
    "169.254.65536, false",
    "1.2.3.4.5, false",
    "4294967296, false",
    "0xffffffffffffffff, false",
    "0x, false",
    "169..254, false",
    "a9fea9fe, false",
  })
  void aHostIsReadAsSocketsReadIt(String host, boolean blocked) {
    assertThat(BlockedHost.isBlocked(host)).isEqualTo(blocked);
  }

  @Property
  void anyLinkLocalAddressIsRefusedHoweverItIsSpelled(
      @ForAll @IntRange(max = 255) int c, @ForAll @IntRange(max = 255) int d) throws Exception {
    long number = 169L << 24 | 254 << 16 | c << 8 | d;
    String[] spellings = {
      "169.254." + c + "." + d,
      Long.toString(number),
      "0x" + Long.toHexString(number),
      "0" + Long.toOctalString(number),
      "169.254." + (c << 8 | d),
      "[::ffff:a9fe:" + Integer.toHexString(c << 8 | d) + "]",
      "[64:ff9b::169.254." + c + "." + d + "]",
    };
    assertThat(spellings).allMatch(BlockedHost::isBlocked);
    assertThat(BlockedHost.isBlocked(InetAddress.getByName("169.254." + c + "." + d))).isTrue();
    assertThat(BlockedHost.isBlocked("168.254." + c + "." + d)).isFalse();
  }
}
