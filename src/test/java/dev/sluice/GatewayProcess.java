package dev.sluice;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a process of its own, as {@link Main} starts it. */
final class GatewayProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on https?://localhost:(\\d+)");
  private static final long PATIENCE_SECONDS = 30;

  /** The bit of SIGINT in a mask of signals. */
  private static final long SIGINT = 2;

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader = new Thread(this::read, "gateway-output");

  private GatewayProcess(Process process) {
    this.process = process;
    reader.setDaemon(true);
    reader.start();
  }

  static GatewayProcess start(String... args) throws IOException {
    return start(List.of("-Xmx256m"), args);
  }

  /** The same with other options of the JVM. */
  static GatewayProcess start(List<String> options, String... args) throws IOException {
    return start(command(options, args));
  }

  /** The same with so many file descriptors. */
  static GatewayProcess startWithDescriptors(int most, String... args) throws IOException {
    List<String> limited =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh"));
    limited.addAll(command(List.of("-Xmx256m"), args));
    return start(limited);
  }

  private static List<String> command(List<String> options, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static GatewayProcess start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("PORT|HOST|LOG_.*|.*_API_KEY"));
    return new GatewayProcess(builder.start());
  }

  private void read() {
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      said.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add(e.toString());
    }
  }

  /** What it has said so far, on either stream. */
  String output() {
    return String.join("\n", lines);
  }

  /** Where it listens; waits until it does. */
  int port() {
    awaitLine("listens on");
    Matcher matcher = LISTENS.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError(output());
    }
    return Integer.parseInt(matcher.group(1));
  }

  void awaitLine(String part) {
    Waiting.until(
        part,
        FakeUpstream.PATIENCE.multipliedBy(3),
        () -> output().contains(part) || !process.isAlive());
    if (!output().contains(part)) {
      throw new AssertionError("never said \"" + part + "\", but:\n" + output());
    }
  }

  /** SIGTERM; what it says then is still heard, unlike after {@link Process#destroy}. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends the signal of that name, such as {@code HUP}. */
  void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    if (new ProcessBuilder("kill", "-" + name, pid).start().waitFor() != 0) {
      throw new AssertionError("the process is gone, and said:\n" + output());
    }
  }

  /** Waits for the end of the process and of what it says. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end, and said:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Whether a process that this one starts is told of SIGINT: an ignored signal is inherited. */
  static boolean heedsInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return !Files.isReadable(status)
        || Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .allMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT) == 0);
  }
}
