package dev.sluice.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.BlackHole;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.TestCertificate;
import dev.sluice.upstream.TestCertificates;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Upstreams that no trusted connection leads to. */
class UnreachableUpstreamTest {
  private static final int CLOSED = FakeUpstream.closedPort();
  private static BlackHole hole;
  private static FakeUpstream good;
  private static FakeUpstream expired;
  private static FakeUpstream elsewhere;
  private static FakeUpstream unknown;
  private static FakeUpstream plain;
  private static ServerSocket mute;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    hole = BlackHole.open();
    mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    good = tls(TestCertificates.localhost());
    expired = tls(TestCertificates.expired());
    elsewhere = tls(TestCertificates.wrongHost());
    unknown = tls(TestCertificates.selfSigned());
    plain = FakeUpstream.start().answer(OpenAiScripts.stream(2));
    String trust = TestCertificates.authority().certificateFile().toString();
    gateway =
        TestGateway.start(
            """
            http: {port: 0, instances: 1, drain: 0s}
            demo: {enabled: false}
            providers:
              closed: {kind: openai-compatible, base_url: 'http://127.0.0.1:%d'}
              nowhere: {kind: openai-compatible, base_url: 'http://no-such-host.invalid'}
              hole:
                kind: openai-compatible
                base_url: 'http://127.0.0.1:%d'
                timeouts: {connect: 300ms}
              trusted: {kind: openai-compatible, base_url: '%s', ca_certificate: '%s'}
              untrusted: {kind: openai-compatible, base_url: '%s'}
              expired: {kind: openai-compatible, base_url: '%s', ca_certificate: '%s'}
              elsewhere: {kind: openai-compatible, base_url: '%s', ca_certificate: '%s'}
              unknown: {kind: openai-compatible, base_url: '%s', ca_certificate: '%s'}
              pinned: {kind: openai-compatible, base_url: '%s', ca_certificate: '%s'}
              plain: {kind: openai-compatible, base_url: 'https://127.0.0.1:%d'}
              mute:
                kind: openai-compatible
                base_url: 'https://127.0.0.1:%d'
                timeouts: {connect: 300ms}
            """
                .formatted(
                    CLOSED,
                    hole.port(),
                    good.url(),
                    trust,
                    good.url(),
                    expired.url(),
                    trust,
                    elsewhere.url(),
                    trust,
                    unknown.url(),
                    trust,
                    unknown.url(),
                    TestCertificates.selfSigned().certificateFile(),
                    plain.port(),
                    mute.getLocalPort()));
  }

  private static FakeUpstream tls(TestCertificate certificate) {
    return FakeUpstream.startTls(certificate).answer(OpenAiScripts.stream(2));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    hole.close();
    mute.close();
    for (var upstream : List.of(good, expired, elsewhere, unknown)) {
      upstream.close();
    }
    // The plain one is left alone: it heard a handshake, which is no HTTP, and would complain.
  }

  @Test
  void aRefusedConnectionIsABadGateway() {
    PageReply reply = PageReply.streamed(gateway, "closed").isRefused(502, "upstream_unreachable");
    assertThat(reply.raw()).doesNotContain(Integer.toString(CLOSED)).doesNotContain("127.0.0.1");
    PageReply.whole(gateway, "closed").isRefused(502, "upstream_unreachable");
  }

  @Test
  void aNameThatLeadsNowhereIsABadGateway() {
    PageReply.streamed(gateway, "nowhere").isRefused(502, "upstream_unreachable");
  }

  @Test
  void aConnectionThatNobodyTakesRunsOutOfTime() {
    PageReply.streamed(gateway, "hole").isRefused(504, "upstream_connect_timeout");
  }

  @Test
  void aCertificateOfAKnownAuthorityIsTrusted() {
    PageReply.streamed(gateway, "trusted").isDone(OpenAiScripts.text(2));
  }

  @Test
  void aCertificateThatIsNamedItselfIsTrusted() {
    PageReply.streamed(gateway, "pinned").isDone(OpenAiScripts.text(2));
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsNot() {
    PageReply.streamed(gateway, "untrusted").isRefused(502, "upstream_tls");
    PageReply.streamed(gateway, "unknown").isRefused(502, "upstream_tls");
  }

  @Test
  void aCertificateThatIsOverIsNotTrusted() {
    PageReply.streamed(gateway, "expired").isRefused(502, "upstream_tls");
  }

  @Test
  void aCertificateOfAnotherHostIsNotTrusted() {
    PageReply.streamed(gateway, "elsewhere").isRefused(502, "upstream_tls");
  }

  @Test
  void anUpstreamThatSpeaksNoTlsIsNotTrusted() {
    PageReply.streamed(gateway, "plain").isRefused(502, "upstream_tls");
  }

  @Test
  void aHandshakeThatNobodyAnswersRunsOutOfTime() {
    PageReply.streamed(gateway, "mute").isRefused(504, "upstream_connect_timeout");
  }
}
