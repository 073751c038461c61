package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that {@code mvn package} makes, started as an operator would. */
class ArchiveIT {
  private static final Pattern LISTENS = Pattern.compile("listens on (http://localhost:\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private @TempDir Path folder;

  private static Path script() throws IOException {
    try (Stream<Path> found = Files.walk(Path.of("target"), 4)) {
      return found
          .filter(path -> path.endsWith("bin/sluice") && path.toString().contains("-archive"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  private Process start(String... arguments) throws IOException {
    String[] command =
        Stream.concat(Stream.of(script().toString()), Stream.of(arguments)).toArray(String[]::new);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SLUICE_CACHE", folder.toString());
    builder.environment().put("PORT", "0");
    return builder.redirectOutput(folder.resolve("said").toFile()).start();
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      return "";
    }
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void itStartsAnswersAndStopsWhenItIsTold() throws Exception {
    Process process = start();
    try {
      Waiting.until("it listens", Duration.ofSeconds(40), () -> LISTENS.matcher(said()).find());
      Matcher listens = LISTENS.matcher(said());
      assertThat(listens.find()).isTrue();
      assertThat(get(listens.group(1) + "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(listens.group(1) + "/").body()).contains("<title>Sluice</title>");
      assertThat(get(listens.group(1) + "/vendor/marked-17.0.5/marked.esm.js").statusCode())
          .isEqualTo(200);
      process.destroy();
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(said()).contains("Sluice has stopped");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void itsOwnSettingsAreGood() throws Exception {
    Process process = start("--check");
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(said()).contains("The settings are good.");
    assertThat(process.exitValue()).isZero();
  }
}
