package dev.sluice.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.util.List;
import java.util.Set;

/**
 * What the gateway shows to clients over HTTPS, as PEM. It speaks TLS 1.2 and 1.3, with ciphers
 * that authenticate what they encrypt and keys that nobody can recover later (RFC 9325, section
 * 4.2).
 */
public record Certificate(Buffer chain, Buffer key) {
  private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** A server that shows what is in these files. */
  static void require(HttpServerOptions options, String chainFile, String keyFile) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(new PemKeyCertOptions().setCertPath(chainFile).setKeyPath(keyFile));
    strengthen(options);
  }

  private static void strengthen(TCPSSLOptions options) {
    options.setEnabledSecureTransportProtocols(VERSIONS);
    CIPHERS.forEach(options::addEnabledCipherSuite);
  }

  /** What a server that runs already is to show from now on. */
  ServerSSLOptions options() {
    ServerSSLOptions options =
        new ServerSSLOptions()
            .setKeyCertOptions(new PemKeyCertOptions().setCertValue(chain).setKeyValue(key))
            .setUseAlpn(true)
            .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
            .setEnabledSecureTransportProtocols(VERSIONS);
    CIPHERS.forEach(options::addEnabledCipherSuite);
    return options;
  }
}
