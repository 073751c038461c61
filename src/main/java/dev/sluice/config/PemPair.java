package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks whether a certificate and a private key, both in PEM, are what they should be. */
final class PemPair {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PemPair() {}

  /** Refuses what is wrong with either. */
  static void check(Setting certificate, String chainFile, Setting key, String keyFile) {
    Optional<PublicKey> shown = publicKey(chainFile);
    if (shown.isEmpty()) {
      certificate.refuse("must be a certificate as PEM");
      return;
    }
    Optional<PrivateKey> held = privateKey(keyFile, shown.get().getAlgorithm());
    if (held.isEmpty()) {
      key.refuse("must be an unencrypted PKCS#8 key as PEM, of the certificate's kind");
    } else if (!belong(shown.get(), held.get())) {
      key.refuse("is not the key of that certificate");
    }
  }

  private static Optional<PublicKey> publicKey(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .findFirst()
          .map(first -> first.getPublicKey());
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<PrivateKey> privateKey(String file, String algorithm) {
    try {
      Matcher pem = KEY.matcher(Files.readString(Path.of(file), StandardCharsets.US_ASCII));
      if (!pem.find()) {
        return Optional.empty();
      }
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether what the one signs the other knows. */
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
