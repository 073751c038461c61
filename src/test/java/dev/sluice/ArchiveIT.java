package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveIT {
  private @TempDir Path folder;

  private static String get(int port, String path) throws IOException {
    try (var client = RawClient.connect(port)) {
      assertThat(client.get(path).readHead().status()).isEqualTo(200);
      return client.readBody().text();
    }
  }

  @Test
  void itStartsAnswersAndStopsWhenItIsTold() throws Exception {
    try (var gateway = ArchivedGateway.start(folder)) {
      assertThat(get(gateway.port(), "/health/ready")).contains("ready");
      assertThat(get(gateway.port(), "/")).contains("<title>Sluice</title>");
      assertThat(get(gateway.port(), "/vendor/marked-17.0.5/marked.esm.js")).isNotEmpty();
      gateway.terminate();
      assertThat(gateway.exitCode()).isEqualTo(143);
      assertThat(gateway.said()).contains("Sluice has stopped");
    }
  }

  @Test
  void itsOwnSettingsAreGood() throws Exception {
    try (var gateway = ArchivedGateway.start(folder, "--check")) {
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.said()).contains("The settings are good.");
    }
  }
}
