package dev.sluice;

import dev.sluice.FileWatcher.Cause;
import dev.sluice.FileWatcher.Finding;
import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.config.PemException;
import dev.sluice.config.PemPair;
import dev.sluice.config.TlsConfig;
import dev.sluice.http.Certificate;
import dev.sluice.telemetry.ChatMeters;
import dev.sluice.telemetry.ReloadStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a certificate that was renewed, with its key. A pair that does not belong together, has
 * expired or cannot be read changes nothing: the log says why, once, and health is degraded until a
 * reload succeeds. Health is also degraded once the certificate in use has expired.
 */
final class CertificateWatch extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);
  private static final long AGE_MILLIS = 1_000;

  private final TlsConfig tls;
  private final ReloadStatus status;
  private final Reloads reloads;
  private @Nullable Certificate running;
  private volatile Instant validUntil = Instant.MAX;
  private boolean expired;

  CertificateWatch(TlsConfig tls, ChatMeters meters) {
    this.tls = tls;
    this.status = meters.reload("certificate");
    this.reloads = new Reloads(log, "The certificate and its key", status);
    meters.gauge(
        "sluice.certificate.expiry.seconds",
        "When the certificate in use expires; seconds since 1970",
        () -> validUntil.equals(Instant.MAX) ? Double.NaN : validUntil.getEpochSecond());
  }

  @Override
  public Future<?> start() {
    List<Path> files = List.of(Path.of(tls.certificate()), Path.of(tls.key()));
    FileWatcher watcher = new FileWatcher(vertx, files, this::found);
    watcher.start();
    vertx.setPeriodic(AGE_MILLIS, timer -> checkAge());
    return reloads.follow(vertx, watcher);
  }

  private void found(Finding finding, Cause cause) {
    if (finding instanceof Finding.Content content) {
      Certificate pair = new Certificate(content.files().get(0), content.files().get(1));
      vertx
          .executeBlocking(() -> PemPair.read(pair.chain().getBytes(), pair.key().getBytes()))
          .onSuccess(checked -> take(pair, checked.validUntil(), cause))
          .onFailure(this::refuse);
    } else if (finding instanceof Finding.Unreadable problem) {
      boolean key = problem.file().equals(Path.of(tls.key()));
      reloads.failed(
          (key ? "the key " : "the certificate ") + problem.reason(),
          (key ? "http.tls.key " : "http.tls.certificate ")
              + problem.file()
              + " "
              + problem.reason());
    }
  }

  private void refuse(Throwable cause) {
    if (cause instanceof PemException problem) {
      boolean key = problem.part() == PemException.Part.KEY;
      reloads.failed(
          (key ? "the key " : "the certificate ") + problem.getMessage(),
          (key ? "http.tls.key " : "http.tls.certificate ") + problem.getMessage());
    } else {
      reloads.failed("the files cannot be checked", cause.toString());
    }
  }

  private void take(Certificate pair, Instant until, Cause cause) {
    boolean changed = !pair.equals(running);
    if (cause != Cause.FIRST && changed && until.isBefore(Instant.now())) {
      reloads.failed("the new certificate has expired", "the new certificate expired on " + until);
      return;
    }
    if (changed) {
      running = pair;
      validUntil = until;
      Bus.publish(vertx, Addresses.CERTIFICATE, pair);
    }
    expired = false;
    if (cause != Cause.FIRST) {
      reloads.succeeded(changed ? "have changed; valid until " + until : "are unchanged");
    }
  }

  private void checkAge() {
    if (!expired && validUntil.isBefore(Instant.now())) {
      expired = true;
      status.degraded("it has expired");
      log.error(
          "The certificate expired on {}; put a new one at {}", validUntil, tls.certificate());
    }
  }
}
