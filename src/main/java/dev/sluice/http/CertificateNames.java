package dev.sluice.http;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The host names and addresses that a certificate is for (RFC 5280, section 4.2.1.6). */
final class CertificateNames {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private CertificateNames() {}

  /** The names in the first certificate of a PEM chain, in lower case; empty if there are none. */
  static List<String> of(byte[] pem) {
    try {
      Collection<List<?>> names =
          ((X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(pem)))
              .getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> List.of(DNS_NAME, IP_ADDRESS).contains(name.get(0)))
              .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateException e) {
      return List.of();
    }
  }
}
