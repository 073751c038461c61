package dev.sluice.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Cidr;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.ForwardedHeader;
import dev.sluice.config.IpAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {
  private static final NewApiKey KEY = NewApiKey.generate(new SecureRandom());
  private static final String YAML =
      """
      keys: {clients: {alice: {hash: %s}}}
      """
          .formatted(KEY.hash());
  private static final TrustedProxies PROXIES =
      new TrustedProxies(
          List.of(Cidr.parse("10.0.0.0/8").orElseThrow()), ForwardedHeader.X_FORWARDED_FOR);
  private static final String PLAIN = "http: {port: 0}";
  private static final String CLIENT = "203.0.113.9";

  private final Callers callers = callers(YAML, Map.of());
  private final ClientId alone = id(callers, CLIENT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-For: 10.0.0.1",
        "X-Forwarded-For: 203.0.113.8, 10.0.0.1",
        "X-Forwarded-For: evil.example",
        "X-Forwarded-For: 1,2,3,4,5,6,7,8,9,10,11,12",
        "Forwarded: for=6.6.6.6",
        "Forwarded: for=\"[2001:db8::6]:80\"",
        "Forwarded: for=\"",
        "X-Real-IP: 6.6.6.6",
        "X-Client-IP: 6.6.6.6",
        "True-Client-IP: 6.6.6.6",
        "CF-Connecting-IP: 6.6.6.6",
        "X-Cluster-Client-IP: 6.6.6.6",
        "X-Forwarded: 6.6.6.6",
        "X-Originating-IP: 6.6.6.6",
        "Via: 1.1 evil.example",
        "User-Agent: another",
        "Cookie: sluice=x",
        "Cookie: session=6.6.6.6",
        "Authorization: Basic dTpw",
      })
  void nothingThatACallerSendsChangesWhoIsCounted(String line) {
    assertThat(id(callers, CLIENT, line)).isEqualTo(alone);
    if (!line.startsWith("X-Forwarded-For")) {
      assertThat(id(callers, "10.0.0.1", line, "X-Forwarded-For: " + CLIENT)).isEqualTo(alone);
    }
  }

  @Test
  void keyIsCountedAsItself() {
    Caller caller = callers.holder(KEY.key().reveal()).orElseThrow();
    assertThat(caller.key().orElseThrow().name()).isEqualTo("alice");
    assertThat(caller.id().text()).startsWith("key_").doesNotContain(KEY.hash());
    assertThat(callers.holder("sl_forged")).isEmpty();
  }

  @Test
  void aThousandAddressesOfOneNetworkAreOneCaller() {
    assertThat(IntStream.range(0, 1000).mapToObj(i -> id(callers, "2001:db8::" + i)).distinct())
        .hasSize(1);
    assertThat(id(callers, "2001:db8:0:1::1")).isNotEqualTo(id(callers, "2001:db8::1"));
    assertThat(id(callers, "203.0.113.8")).isNotEqualTo(alone);
  }

  @Test
  void theFormOfAnAddressDoesNotMatter() {
    assertThat(id(callers, "::ffff:203.0.113.9")).isEqualTo(alone);
    assertThat(id(callers, "0:0:0:0:0:ffff:cb00:7109")).isEqualTo(alone);
    assertThat(id(callers, "2001:db8:0:0:0:0:0:1%eth0")).isEqualTo(id(callers, "2001:DB8::1"));
    assertThat(id(callers, "10.0.0.1", "X-Forwarded-For: [::ffff:203.0.113.9]:80"))
        .isEqualTo(alone);
  }

  @Test
  void anIdSaysNothingAndIsTheSameOnEveryGateway() {
    assertThat(alone.text()).matches("ip4_[A-Za-z0-9_-]{22}");
    assertThat(id(callers, "2001:db8::1").text()).matches("ip6_[A-Za-z0-9_-]{22}");
    assertThat(id(callers(PLAIN, Map.of()), CLIENT)).isEqualTo(alone);
    ClientId secret = id(callers(PLAIN, Map.of("SECRET_KEY", "s")), CLIENT);
    assertThat(secret).isNotEqualTo(alone);
    assertThat(id(callers(YAML, Map.of("SECRET_KEY", "s")), CLIENT)).isEqualTo(secret);
    assertThat(id(callers(YAML, Map.of("SECRET_KEY", "t")), CLIENT)).isNotEqualTo(secret);
  }

  @Property(tries = 300)
  void whateverStandsInTheHeadersAStrangerIsItself(@ForAll List<String> values) throws Exception {
    IpAddress client = IpAddress.parse(CLIENT).orElseThrow();
    assertThat(PROXIES.client(client, name -> values)).isEqualTo(client);
  }

  private static Callers callers(String yaml, Map<String, String> environment) {
    Config config = ConfigReader.read("test.yaml", yaml, environment);
    return new Callers(config);
  }

  private static ClientId id(Callers callers, String peer, String... lines) {
    try {
      IpAddress address = IpAddress.parse(peer).orElseThrow();
      return callers.stranger(PROXIES.client(address, Lines.of(lines))).id();
    } catch (RefusedCallerException e) {
      throw new AssertionError(e);
    }
  }
}
