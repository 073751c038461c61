package dev.sluice;

import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A gateway out of the archive that {@code mvn package} makes, started as an operator would. */
final class ArchivedGateway implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on \\S+:(\\d+)");
  private static final int PATIENCE_SECONDS = 40;

  private final Process process;
  private final Path said;

  private ArchivedGateway(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Starts {@code bin/sluice}.
   *
   * @param folder where it leaves what it says, and its cache
   */
  static ArchivedGateway start(Path folder, String... arguments) throws IOException {
    String[] command =
        Stream.concat(Stream.of(script().toString()), Stream.of(arguments)).toArray(String[]::new);
    Path said = Files.createTempFile(folder, "said", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("HOST|LOG_.*|.*_API_KEY|REDIS.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SLUICE_CACHE", folder.toString());
    builder.environment().put("PORT", "0");
    return new ArchivedGateway(builder.redirectOutput(said.toFile()).start(), said);
  }

  private static Path script() throws IOException {
    try (Stream<Path> found = Files.walk(Path.of("target"), 4)) {
      return found
          .filter(path -> path.endsWith("bin/sluice") && path.toString().contains("-archive"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  /** What it has said so far. */
  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      return "";
    }
  }

  /** Where it listens; waits until it does. */
  int port() {
    Waiting.until(
        "it listens",
        Duration.ofSeconds(PATIENCE_SECONDS),
        () -> LISTENS.matcher(said()).find() || !process.isAlive());
    Matcher listens = LISTENS.matcher(said());
    if (!listens.find()) {
      throw new AssertionError(said());
    }
    return Integer.parseInt(listens.group(1));
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end, and said:\n" + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
