package dev.sluice;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.config.TlsConfig;
import dev.sluice.http.Certificate;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a certificate that was renewed, with its key. */
final class CertificateWatch extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

  private final TlsConfig tls;

  CertificateWatch(TlsConfig tls) {
    this.tls = tls;
  }

  @Override
  public Future<?> start() {
    return SteadyFiles.watch(
        vertx,
        List.of(Path.of(tls.certificate()), Path.of(tls.key())),
        pem -> {
          Bus.publish(vertx, Addresses.CERTIFICATE, new Certificate(pem.get(0), pem.get(1)));
          log.info("The certificate has changed");
        });
  }
}
