package dev.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code http}. */
final class HttpReader {
  private final Section in;

  HttpReader(Section in) {
    this.in = in;
  }

  HttpConfig read() {
    HttpConfig usual = HttpConfig.DEFAULT;
    int maxBody = in.key("max_body").bytes(1 << 10, 1 << 28).orElse(usual.maxBodyBytes());
    Duration heartbeat = in.key("heartbeat").duration().orElse(usual.heartbeat());
    return new HttpConfig(
        in.key("host").or("HOST").text().orElse(usual.host()),
        in.key("port").or("PORT").integer(0, 65_535).orElse(usual.port()),
        in.key("hosts").hosts().orElse(usual.hosts()),
        maxBody,
        bodyMemory(in.key("body_memory"), maxBody),
        in.key("body_deadline").duration().orElse(usual.bodyDeadline()),
        in.key("connections").integer(0, 10_000_000).orElse(usual.connections()),
        in.key("connections_per_address")
            .integer(0, 10_000_000)
            .orElse(usual.connectionsPerAddress()),
        idleTimeout(in.key("idle_timeout"), heartbeat),
        in.key("drain").duration(Duration.ZERO).orElse(usual.drain()),
        in.key("hold_status").duration(Duration.ZERO).orElse(usual.holdStatus()),
        heartbeat,
        in.key("slow_client").duration().orElse(usual.slowClient()),
        in.key("instances").integer(0, 1_024).orElse(usual.instances()),
        tls(in.section("tls")),
        in.key("trusted_proxies").cidrs().orElse(usual.trustedProxies()),
        in.key("forwarded_header").choice(ForwardedHeader.class).orElse(usual.forwardedHeader()),
        in.key("secret_key").or("SECRET_KEY").header().orElse(null),
        in.key("offline").flag().orElse(usual.offline()),
        in.key("force_https").or("FORCE_HTTPS").flag().orElse(usual.forceHttps()),
        in.key("cors_origins").or("CORS_ORIGINS").origins().orElse(usual.corsOrigins()));
  }

  /**
   * One body of the longest length has to fit into half of it, on whichever event loop it comes.
   */
  private static long bodyMemory(Setting written, int maxBody) {
    long bytes = written.size(0, 1L << 40).orElse(HttpConfig.DEFAULT.bodyMemoryBytes());
    if (bytes > 0 && bytes < 4L * maxBody) {
      written.refuse("must be at least four times max_body, which is " + maxBody + " bytes");
    }
    return bytes;
  }

  /** A stream's heartbeats have to come before its connection counts as idle. */
  private static Duration idleTimeout(Setting written, Duration heartbeat) {
    Duration idleTimeout = written.duration().orElse(HttpConfig.DEFAULT.idleTimeout());
    if (idleTimeout.compareTo(heartbeat) <= 0) {
      written.refuse("must be longer than heartbeat, which is " + Quantities.written(heartbeat));
    }
    return idleTimeout;
  }

  private static @Nullable TlsConfig tls(Section in) {
    Setting certificate = in.key("certificate");
    Setting key = in.key("key");
    Setting redirectPort = in.key("redirect_port");
    if (!certificate.isWritten() && !key.isWritten()) {
      if (redirectPort.isWritten()) {
        redirectPort.refuse("has nowhere to lead to without certificate and key");
      }
      return null;
    }
    Optional<String> certificateFile = certificate.required().file();
    Optional<String> keyFile = key.required().file();
    if (certificateFile.isPresent() && keyFile.isPresent()) {
      check(certificate, certificateFile.get(), key, keyFile.get());
    }
    return new TlsConfig(
        certificateFile.orElse(""),
        keyFile.orElse(""),
        redirectPort.integer(0, 65_535).orElse(null));
  }

  private static void check(Setting certificate, String chainFile, Setting key, String keyFile) {
    try {
      PemPair.read(bytes(chainFile), bytes(keyFile));
    } catch (PemException e) {
      Setting wrong = e.part() == PemException.Part.KEY ? key : certificate;
      wrong.refuse(String.valueOf(e.getMessage()));
    }
  }

  /** Nothing for a file that cannot be read, which is then neither a certificate nor a key. */
  private static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
