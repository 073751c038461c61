package dev.sluice.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates made by the JDK's {@code keytool}, once each in a run of the tests. One authority
 * signs all but {@link #selfSigned}: a JDK that trusts a certificate itself does not look at its
 * dates, so an expired one must be vouched for to be refused for its age.
 */
public final class TestCertificates {
  /** Of every key and store here. */
  public static final String PASSWORD = "changeit";

  private static final String LOOPBACK = "san=dns:localhost,ip:127.0.0.1";
  private static final Map<String, TestCertificate> MADE = new ConcurrentHashMap<>();

  private TestCertificates() {}

  /** Good for localhost and 127.0.0.1, today. */
  public static TestCertificate localhost() {
    return signed("localhost", "-ext", LOOPBACK);
  }

  /** For localhost and 127.0.0.1, over since yesterday. */
  public static TestCertificate expired() {
    return signed("expired", "-ext", LOOPBACK, "-startdate", "-10d", "-validity", "9");
  }

  /** Good today, but for another host. */
  public static TestCertificate wrongHost() {
    return signed("elsewhere", "-ext", "san=dns:elsewhere.invalid");
  }

  /** For localhost and 127.0.0.1, but no authority vouches for it. */
  public static TestCertificate selfSigned() {
    return made("selfsigned", List.of("-ext", LOOPBACK));
  }

  /** The authority; its {@link TestCertificate#certificateFile} is what a client is to trust. */
  public static TestCertificate authority() {
    return made("authority", List.of("-ext", "bc:c"));
  }

  /** What a client that trusts {@link #authority}, and nobody else, connects with. */
  public static SSLContext trustingContext() {
    try {
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", authority().store().getCertificate("authority"));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestCertificate signed(String name, String... options) {
    authority();
    var all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-signer", "authority"));
    return made(name, all);
  }

  private static synchronized TestCertificate made(String name, List<String> options) {
    return MADE.computeIfAbsent(name, fresh -> make(fresh, options));
  }

  private static TestCertificate make(String name, List<String> options) {
    try {
      Keytool.generate(name, options);
      var all = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(Keytool.STORE)) {
        all.load(in, PASSWORD.toCharArray());
      }
      return export(name, all);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestCertificate export(String name, KeyStore all)
      throws IOException, GeneralSecurityException {
    var key = all.getKey(name, PASSWORD.toCharArray());
    Certificate[] chain = all.getCertificateChain(name);
    var alone = KeyStore.getInstance("PKCS12");
    alone.load(null, null);
    alone.setKeyEntry(name, key, PASSWORD.toCharArray(), chain);
    var certificates = new StringBuilder();
    for (var certificate : chain) {
      certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return new TestCertificate(
        alone,
        file(name + ".crt", certificates.toString()),
        file(name + ".key", pem("PRIVATE KEY", key.getEncoded())));
  }

  private static Path file(String name, String text) throws IOException {
    Path file = Files.writeString(Keytool.FOLDER.resolve(name), text);
    file.toFile().deleteOnExit();
    return file;
  }

  private static String pem(String kind, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }
}
