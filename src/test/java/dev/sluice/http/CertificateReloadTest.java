package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.TestCertificate;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pair of certificate and key that is no good never replaces one that is. */
class CertificateReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private Path certificate() {
    return folder.resolve("a.crt");
  }

  private Path key() {
    return folder.resolve("a.key");
  }

  private void put(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private void put(TestCertificate pair) throws IOException {
    put(pair.certificateFile(), certificate());
    put(pair.keyFile(), key());
  }

  private TestGateway start() throws Exception {
    return TestGateway.start(
        "http: {port: 0, tls: {certificate: '%s', key: '%s'}}\nmanagement: {port: 0}\nmetrics: {enabled: true}\n"
            .formatted(certificate(), key()));
  }

  private static JsonObject health(TestGateway gateway) {
    try {
      return Asking.get(gateway.managementPort(), "/health").json();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitProblem(TestGateway gateway, String problem) {
    Waiting.until(
        problem,
        PATIENCE,
        () -> health(gateway).getString("degraded", "").equals("certificate: " + problem));
    assertThat(health(gateway).getString("status")).isEqualTo("degraded");
  }

  private static String metrics(TestGateway gateway) throws IOException {
    return Asking.get(gateway.managementPort(), "/metrics").body();
  }

  @Test
  void pairThatIsNoGoodIsRefusedAndTheNextGoodOneIsTaken() throws Exception {
    put(TestCertificates.localhost());
    try (var gateway = start()) {
      X509Certificate first = FrontDoorTest.shown(gateway.port());
      put(TestCertificates.selfSigned().keyFile(), key());
      awaitProblem(gateway, "the key is not the key of that certificate");
      Files.delete(key());
      awaitProblem(gateway, "the key does not exist");
      Files.createDirectory(key());
      awaitProblem(gateway, "the key is not a regular file");
      put(TestCertificates.localhost().keyFile(), key());
      Files.writeString(certificate(), "");
      awaitProblem(gateway, "the certificate must be a certificate as PEM");
      put(TestCertificates.expired());
      awaitProblem(gateway, "the new certificate has expired");

      assertThat(FrontDoorTest.shown(gateway.port())).isEqualTo(first);
      assertThat(metrics(gateway))
          .contains("sluice_reload_total{outcome=\"failure\",what=\"certificate\"} 5")
          .contains("sluice_reload_total{outcome=\"success\",what=\"certificate\"} 0")
          .contains("sluice_reload_failing{what=\"certificate\"} 1")
          .contains("sluice_reload_last_success_seconds{what=\"certificate\"} ");

      put(TestCertificates.selfSigned());
      Waiting.until(
          "it heals", PATIENCE, () -> health(gateway).getString("status").equals("healthy"));
      Waiting.until(
          "the new one is shown",
          PATIENCE,
          () -> !FrontDoorTest.shown(gateway.port()).equals(first));
      assertThat(metrics(gateway))
          .contains("sluice_reload_total{outcome=\"success\",what=\"certificate\"} 1")
          .contains("sluice_reload_failing{what=\"certificate\"} 0");
    }
  }

  @Test
  void certificateThatHasExpiredIsServedAndReported() throws Exception {
    put(TestCertificates.expired());
    try (var gateway = start()) {
      awaitProblem(gateway, "it has expired");
      assertThat(FrontDoorTest.shown(gateway.port())).isNotNull();
    }
  }
}
