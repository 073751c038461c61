package dev.sluice.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and its private key, both in PEM, that were checked to belong together. The start,
 * {@code --check} and a reload all check by this.
 */
public final class PemPair {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final X509Certificate certificate;

  private PemPair(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /**
   * Checks a pair.
   *
   * @param chain the certificate, followed by those that vouch for it
   * @param key unencrypted PKCS#8
   * @throws PemException if one of the two is not what it should be
   */
  public static PemPair read(byte[] chain, byte[] key) throws PemException {
    X509Certificate shown =
        certificate(chain)
            .orElseThrow(
                () ->
                    new PemException(
                        PemException.Part.CERTIFICATE, "must be a certificate as PEM"));
    PrivateKey held =
        privateKey(key, shown.getPublicKey().getAlgorithm())
            .orElseThrow(
                () ->
                    new PemException(
                        PemException.Part.KEY,
                        "must be an unencrypted PKCS#8 key as PEM, of the certificate's kind"));
    if (!belong(shown.getPublicKey(), held)) {
      throw new PemException(PemException.Part.KEY, "is not the key of that certificate");
    }
    return new PemPair(shown);
  }

  /** The moment from which on clients refuse the certificate for its age. */
  public Instant validUntil() {
    return certificate.getNotAfter().toInstant();
  }

  private static Optional<X509Certificate> certificate(byte[] chain) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(chain))
          .stream()
          .findFirst()
          .map(X509Certificate.class::cast);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<PrivateKey> privateKey(byte[] key, String algorithm) {
    try {
      Matcher pem = KEY.matcher(new String(key, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        return Optional.empty();
      }
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code shown} verifies what {@code held} signs. */
  private static boolean belong(PublicKey shown, PrivateKey held) {
    try {
      Signature signature = Signature.getInstance(signatureBy(shown.getAlgorithm()));
      byte[] text = {1, 2, 3};
      signature.initSign(held);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String signatureBy(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }
}
