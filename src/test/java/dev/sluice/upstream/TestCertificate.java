package dev.sluice.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate with its key, made for this run of the tests.
 *
 * @param store holds this one entry, under {@link TestCertificates#PASSWORD}
 * @param certificateFile PEM: the certificate, then those that vouch for it
 * @param keyFile PEM, PKCS#8, not encrypted
 */
public record TestCertificate(KeyStore store, Path certificateFile, Path keyFile) {

  public String certificatePem() {
    return read(certificateFile);
  }

  public String keyPem() {
    return read(keyFile);
  }

  /** What a TLS server shows this certificate with. */
  SSLContext serverContext() {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, TestCertificates.PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
