package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of ours that never outlives us: it and all it started are killed when it is closed, or
 * when this JVM ends.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ChildProcess::close)));
  }

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    RUNNING.add(this);
  }

  /** Starts a command. What it prints goes to a file, which an error quotes. */
  static ChildProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    Path log = Files.createTempFile("bench", ".log");
    log.toFile().deleteOnExit();
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()));
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start(), log);
  }

  /** The command line of a JVM on our class path. */
  static List<String> java(List<String> flags, String mainClass, Object... args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), mainClass));
    Arrays.stream(args).map(String::valueOf).forEach(command::add);
    return command;
  }

  /** Ours; within Maven it is known to the class loader alone. */
  private static String classPath() {
    if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(ChildProcess::path)
          .collect(Collectors.joining(":"));
    }
    return System.getProperty("java.class.path");
  }

  private static String path(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A port of 127.0.0.1 that is free now. */
  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until something accepts on the port.
   *
   * @throws IllegalStateException with what the process said, if it ends first or takes too long
   */
  ChildProcess awaitPort(int port) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!accepts(port)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("it does not listen on " + port + ": " + said());
      }
      Thread.sleep(3);
    }
    return this;
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** What it has printed so far. */
  String said() throws IOException {
    return Files.readString(log);
  }

  /** It, and all it started. */
  List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  ProcessCost cost() throws IOException {
    return ProcessCost.of(process.toHandle());
  }

  @Override
  public void close() {
    RUNNING.remove(this);
    family().forEach(ProcessHandle::destroyForcibly);
  }
}
