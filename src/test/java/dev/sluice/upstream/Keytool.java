package dev.sluice.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the {@code keytool} of the JDK that runs us, on a store in a folder that goes when the JVM
 * does.
 */
final class Keytool {
  static final Path FOLDER = folder();
  static final Path STORE = FOLDER.resolve("test.p12");

  private Keytool() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      folder.toFile().deleteOnExit();
      folder.resolve("test.p12").toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a key pair and its certificate, valid for 10 days unless the options say otherwise, under
   * this name.
   */
  static void generate(String name, List<String> options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", STORE.toString()));
    command.addAll(List.of("-storepass", TestCertificates.PASSWORD));
    if (!options.contains("-validity")) {
      command.addAll(List.of("-validity", "10"));
    }
    command.addAll(options);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
