package dev.sluice.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.TestGateway;
import dev.sluice.http.identity.NewApiKey;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.TestCertificate;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the gateway is entered: with TLS and without. */
class FrontDoorTest {
  private static final String STRICT = "strict-transport-security";

  @TempDir private Path folder;

  private String tls(TestCertificate shown, String more) throws IOException {
    replace(shown);
    return "http: {port: 0, tls: {certificate: '%s', key: '%s'%s}}\n"
        .formatted(folder.resolve("a.crt"), folder.resolve("a.key"), more);
  }

  private void replace(TestCertificate shown) throws IOException {
    Files.copy(
        shown.certificateFile(), folder.resolve("a.crt"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(shown.keyFile(), folder.resolve("a.key"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Trusts anybody: what is shown is what is looked at. */
  private static SSLSocket connect(int port) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Credulous()}, null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) FakeUpstream.PATIENCE.toMillis());
    return socket;
  }

  static X509Certificate shown(int port) {
    try (SSLSocket socket = connect(port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestart() throws Exception {
    try (var gateway = TestGateway.start(tls(TestCertificates.localhost(), ""))) {
      var first = shown(gateway.port());
      try (SSLSocket open = connect(gateway.port())) {
        open.startHandshake();
        replace(TestCertificates.selfSigned());
        Waiting.until(
            "the new certificate",
            Duration.ofSeconds(20),
            () -> !shown(gateway.port()).equals(first));
        open.getOutputStream()
            .write("GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(US_ASCII));
        assertThat(new String(open.getInputStream().readNBytes(12), US_ASCII))
            .isEqualTo("HTTP/1.1 200");
      }
      // One that cannot be read changes nothing, and the next is taken again.
      Files.writeString(folder.resolve("a.key"), "no key");
      assertThat(shown(gateway.port())).isNotEqualTo(first);
      replace(TestCertificates.localhost());
      Waiting.until("the next", Duration.ofSeconds(20), () -> shown(gateway.port()).equals(first));
    }
  }

  /** The certificate would do for all of them. */
  @ParameterizedTest
  @CsvSource({
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, true",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, false",
  })
  void onlyCiphersThatAuthenticateAreSpoken(String cipher, boolean spoken) throws Exception {
    try (var gateway = TestGateway.start(tls(TestCertificates.localhost(), ""));
        SSLSocket socket = connect(gateway.port())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {cipher});
      if (spoken) {
        socket.startHandshake();
        assertThat(socket.getSession().getCipherSuite()).isEqualTo(cipher);
      } else {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
      }
    }
  }

  @Test
  void theRedirectPortLeadsToHttps() throws Exception {
    try (var gateway = TestGateway.start(tls(TestCertificates.localhost(), ", redirect_port: 0"))) {
      var answer = Asking.get(gateway.redirectPort(), "/chat?a=b");
      assertThat(answer.status()).isEqualTo(308);
      assertThat(answer.head().headers().get("location"))
          .isEqualTo("https://127.0.0.1:" + gateway.port() + "/chat?a=b");
    }
  }

  @Test
  void behindAProxyWhoCameWithoutTlsIsSentToIt() throws Exception {
    try (var gateway =
        TestGateway.start("http: {port: 0, force_https: true, trusted_proxies: [127.0.0.1]}")) {
      var plain = Asking.get(gateway.port(), "/api/models");
      assertThat(plain.status()).isEqualTo(308);
      assertThat(plain.head().headers().get("location")).isEqualTo("https://127.0.0.1/api/models");
      assertThat(plain.head().headers()).doesNotContainKey(STRICT);
      var secure = Asking.get(gateway.port(), "/api/models", "x-forwarded-proto: https");
      assertThat(secure.status()).isEqualTo(200);
      assertThat(secure.head().headers()).containsEntry(STRICT, "max-age=31536000");
      assertThat(Asking.get(gateway.port(), "/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void plainCookieIsNotAcceptedOverTls() throws Exception {
    NewApiKey key = NewApiKey.generate(new SecureRandom());
    String keys = "keys: {required: true, clients: {alice: {hash: %s}}}\n".formatted(key.hash());
    try (var gateway = TestGateway.start(tls(TestCertificates.localhost(), "") + keys)) {
      for (String name : new String[] {"sluice_key", "__Host-sluice_key"}) {
        try (SSLSocket socket = connect(gateway.port())) {
          String cookie = name + "=" + key.key().reveal();
          socket
              .getOutputStream()
              .write(
                  ("GET /api/models HTTP/1.1\r\nhost: localhost\r\ncookie: " + cookie + "\r\n\r\n")
                      .getBytes(US_ASCII));
          assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
              .isEqualTo("HTTP/1.1 " + (name.startsWith("__Host-") ? 200 : 401));
        }
      }
    }
  }

  @Test
  void aStrangersWordAboutTlsIsNotTaken() throws Exception {
    try (var gateway = TestGateway.start("http: {port: 0, force_https: true}")) {
      assertThat(Asking.get(gateway.port(), "/", "x-forwarded-proto: https").status())
          .isEqualTo(308);
    }
  }

  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
