package dev.sluice.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsUpstreamTest {
  private static String ask(FakeUpstream upstream) throws IOException, InterruptedException {
    var client = HttpClient.newBuilder().sslContext(TestCertificates.trustingContext()).build();
    var request =
        HttpRequest.newBuilder(URI.create(upstream.url()))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void isTrustedWithItsOwnName() throws IOException, InterruptedException {
    try (var upstream = FakeUpstream.startTls(TestCertificates.localhost())) {
      upstream.answer(OpenAiScripts.stream(2));
      assertThat(ask(upstream)).isEqualTo(OpenAiScripts.body(2));
    }
  }

  @Test
  void isRefusedWhenItsCertificateIsBad() {
    assertRefused(TestCertificates.expired());
    assertRefused(TestCertificates.wrongHost());
    assertRefused(TestCertificates.selfSigned());
  }

  private static void assertRefused(TestCertificate certificate) {
    try (var upstream = FakeUpstream.startTls(certificate)) {
      assertThatThrownBy(() -> ask(upstream)).isInstanceOf(SSLHandshakeException.class);
      assertThat(upstream.awaitClosed(1).kind()).isEqualTo(Departure.Kind.TLS_REFUSED);
    }
  }

  @Test
  void cutsTlsWithoutSayingGoodbye() {
    try (var upstream = FakeUpstream.startTls(TestCertificates.localhost())) {
      upstream.answer(reply -> reply.sse().event("1").cut());
      assertThatThrownBy(() -> ask(upstream)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void writesItsKeyAsPem() {
    var certificate = TestCertificates.localhost();
    assertThat(certificate.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(certificate.certificatePem().split("BEGIN CERTIFICATE", -1)).hasSize(3);
  }
}
