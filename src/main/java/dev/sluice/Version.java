package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which Sluice this is; the build writes it down. */
final class Version {
  private Version() {}

  static String current() {
    try (InputStream text = Version.class.getResourceAsStream("/version.txt")) {
      return new String(
          Objects.requireNonNull(text, "version.txt").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
