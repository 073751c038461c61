package dev.sluice.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.chat.Fault;
import dev.sluice.config.Cidr;
import dev.sluice.config.ForwardedHeader;
import dev.sluice.config.IpAddress;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private static final List<Cidr> PROXIES =
      Stream.of("10.0.0.0/8", "2001:db8:aaaa::/48").map(c -> Cidr.parse(c).orElseThrow()).toList();
  private static final String PROXY = "10.0.0.1";

  private final TrustedProxies xForwardedFor =
      new TrustedProxies(PROXIES, ForwardedHeader.X_FORWARDED_FOR);
  private final TrustedProxies forwarded = new TrustedProxies(PROXIES, ForwardedHeader.FORWARDED);

  /** Lines of the header are kept apart by {@code /}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | 10.0.0.1",
        "203.0.113.9 | 203.0.113.9",
        "203.0.113.9:4711 | 203.0.113.9",
        "2001:db8::9 | 2001:db8::9",
        "[2001:db8::9] | 2001:db8::9",
        "[2001:db8::9]:4711 | 2001:db8::9",
        "::ffff:203.0.113.9 | 203.0.113.9",
        "fe80::9%eth0 | fe80::9",
        // A client's inventions stand on the left.
        "6.6.6.6, 203.0.113.9 | 203.0.113.9",
        "6.6.6.6 / 203.0.113.9 | 203.0.113.9",
        "10.9.9.9, 203.0.113.9 | 203.0.113.9",
        "127.0.0.1, 203.0.113.9 | 203.0.113.9",
        "evil.example, 203.0.113.9 | 203.0.113.9",
        "<script>, 203.0.113.9 | 203.0.113.9",
        " / 203.0.113.9 | 203.0.113.9",
        // Through several proxies.
        "6.6.6.6, 203.0.113.9, 10.0.0.2, 10.0.0.3 | 203.0.113.9",
        "6.6.6.6, 203.0.113.9 / 10.0.0.2 / 10.0.0.3:80 | 203.0.113.9",
        "203.0.113.9,2001:db8:aaaa::7,::ffff:10.0.0.3 | 203.0.113.9",
        "10.0.0.2, 10.0.0.3 | 10.0.0.2",
        // What is no address ends the way at the last one that was known.
        "'' | 10.0.0.1",
        "6.6.6.6, | 10.0.0.1",
        "6.6.6.6,, | 10.0.0.1",
        "6.6.6.6, unknown | 10.0.0.1",
        "6.6.6.6, _hidden | 10.0.0.1",
        "6.6.6.6, evil.example | 10.0.0.1",
        "6.6.6.6, 127.1 | 10.0.0.1",
        "6.6.6.6, 0xcb007109 | 10.0.0.1",
        "6.6.6.6, 203.0.113.9:x | 10.0.0.1",
        "6.6.6.6, [203.0.113.9] | 10.0.0.1",
        "6.6.6.6, 2001:db8::9]:80 | 10.0.0.1",
        "6.6.6.6, \"203.0.113.9\" | 10.0.0.1",
        "6.6.6.6 203.0.113.9 | 10.0.0.1",
        "6.6.6.6, unknown, 10.0.0.2 | 10.0.0.2",
      })
  void theClientIsTheRightMostThatIsNoProxy(String lines, String client) throws Exception {
    assertThat(xForwardedFor.client(address(PROXY), lines("X-Forwarded-For", lines)))
        .isEqualTo(address(client));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      value = {
        "- | 10.0.0.1",
        "for=203.0.113.9 | 203.0.113.9",
        "For=203.0.113.9;Proto=https;By=10.0.0.1 | 203.0.113.9",
        "proto=https ; host=\"a;b,c\" ; for=\"203.0.113.9:4711\" | 203.0.113.9",
        "for=\"[2001:db8::9]\" | 2001:db8::9",
        "for=\"[2001:db8::9]:4711\" | 2001:db8::9",
        "for=\"[2001:db8::9]:_port\" | 2001:db8::9",
        "for=[2001:db8::9]:80 | 2001:db8::9",
        "for=\"\\2\\0\\3.0.113.9\" | 203.0.113.9",
        "for=6.6.6.6, for=203.0.113.9 | 203.0.113.9",
        "for=6.6.6.6 / for=203.0.113.9 | 203.0.113.9",
        "for=6.6.6.6, for=203.0.113.9, for=10.0.0.2;by=_x | 203.0.113.9",
        "for=6.6.6.6,for=203.0.113.9 / for=\"[2001:db8:aaaa::1]\" | 203.0.113.9",
        // What is no address, or not said.
        "`` | 10.0.0.1",
        "for=6.6.6.6, for=unknown | 10.0.0.1",
        "for=6.6.6.6, for=_hidden | 10.0.0.1",
        "for=6.6.6.6, for=\"_SEVKISEK\" | 10.0.0.1",
        "for=6.6.6.6, for=evil.example | 10.0.0.1",
        "for=6.6.6.6, for= | 10.0.0.1",
        "for=6.6.6.6, proto=https | 10.0.0.1",
        "for=6.6.6.6, | 10.0.0.1",
        "for=6.6.6.6, for=203.0.113.9;for=7.7.7.7 | 10.0.0.1",
        "for=6.6.6.6, for=unknown, for=10.0.0.2 | 10.0.0.2",
        // A client's quotes must not swallow what the proxy adds.
        "for=6.6.6.6;x=\", for=203.0.113.9 | 10.0.0.1",
        "for=6.6.6.6;x=\", for=\"[2001:db8::9]\" | 10.0.0.1",
        "for=6.6.6.6;x=\", for=203.0.113.9;by=\"_p\" | 10.0.0.1",
        "for=6.6.6.6;x=\"\\, for=203.0.113.9 | 10.0.0.1",
        "for=6.6.6.6;x=\" / for=203.0.113.9 | 203.0.113.9",
        "for=\"6.6.6.6\"7 | 10.0.0.1",
        "6.6.6.6 | 10.0.0.1",
        "for = 6.6.6.6 | 10.0.0.1",
      })
  void theStandardHeaderIsReadTheSameWay(String lines, String client) throws Exception {
    assertThat(forwarded.client(address(PROXY), lines("Forwarded", lines)))
        .isEqualTo(address(client));
  }

  @Test
  void onlyTheHeaderThatIsConfiguredIsRead() throws Exception {
    Lines both = Lines.of("X-Forwarded-For: 203.0.113.9", "Forwarded: for=198.51.100.7");
    assertThat(xForwardedFor.client(address(PROXY), both)).isEqualTo(address("203.0.113.9"));
    assertThat(forwarded.client(address(PROXY), both)).isEqualTo(address("198.51.100.7"));
  }

  @Test
  void aWayOfMoreThanTenHopsIsRefused() throws Exception {
    String ten = String.join(",", Collections.nCopies(10, "203.0.113.9"));
    Lines eleven = Lines.of("X-Forwarded-For: " + ten, "X-Forwarded-For: 10.0.0.2");
    assertThat(xForwardedFor.client(address(PROXY), Lines.of("X-Forwarded-For: " + ten)))
        .isEqualTo(address("203.0.113.9"));
    assertThatThrownBy(() -> xForwardedFor.client(address(PROXY), eleven))
        .isInstanceOfSatisfying(
            RefusedCallerException.class,
            e -> {
              assertThat(e.failure().fault()).isEqualTo(Fault.INVALID_REQUEST);
              assertThat(e).hasMessageNotContaining("10.0.0.2");
            });
    assertThat(xForwardedFor.client(address("203.0.113.1"), eleven))
        .isEqualTo(address("203.0.113.1"));
  }

  @Test
  void aHeaderFullOfEscapesIsReadToItsEnd() throws Exception {
    Lines long1 = Lines.of("Forwarded: for=\"" + "\\a".repeat(100_000) + "\"");
    assertThat(forwarded.client(address(PROXY), long1)).isEqualTo(address(PROXY));
  }

  @Property
  void withoutATrustedPeerNoHeaderChangesAnything(@ForAll List<String> values) throws Exception {
    HeaderLines any = name -> values;
    assertThat(xForwardedFor.client(address("203.0.113.1"), any)).isEqualTo(address("203.0.113.1"));
    assertThat(forwarded.client(address("203.0.113.1"), any)).isEqualTo(address("203.0.113.1"));
  }

  @Property
  void whateverAClientWritesTheProxyHasTheLastWord(@ForAll String written) throws Exception {
    HeaderLines lines = name -> List.of(written, "203.0.113.9");
    HeaderLines standard = name -> List.of(written, "for=203.0.113.9");
    if (written.chars().filter(c -> c == ',').count() < 9) {
      assertThat(xForwardedFor.client(address(PROXY), lines)).isEqualTo(address("203.0.113.9"));
      assertThat(forwarded.client(address(PROXY), standard)).isEqualTo(address("203.0.113.9"));
    }
  }

  private static Lines lines(String name, @Nullable String lines) {
    return lines == null
        ? Lines.of()
        : new Lines(Stream.of(lines.split("/", -1)).map(line -> name + ": " + line).toList());
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
