package dev.sluice.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What tells whether something is the same as before. */
final class Sha256 {
  private Sha256() {}

  static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
