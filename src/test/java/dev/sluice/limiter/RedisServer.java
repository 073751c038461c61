package dev.sluice.limiter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.upstream.FreePort;
import dev.sluice.upstream.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A real Redis on loopback that keeps nothing and never outlives this JVM. */
public final class RedisServer implements AutoCloseable {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final int port;
  private final String[] options;
  private Process process;

  private RedisServer(int port, String... options) {
    this.port = port;
    this.options = options;
  }

  /** Starts one, or skips the test where there is none to start. */
  public static RedisServer start(String... options) {
    Assumptions.assumeTrue(isInstalled(), "SKIPPED: redis-server is not installed");
    RedisServer server = new RedisServer(FreePort.find(), options);
    server.begin();
    return server;
  }

  /** Starts one by a file of settings, such as a sentinel. */
  static RedisServer startWith(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of(file.toString()));
    all.addAll(List.of(options));
    return start(all.toArray(String[]::new));
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("redis-server", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it, again on the same port if it was killed. */
  void begin() {
    List<String> command = new ArrayList<>(List.of("redis-server"));
    boolean byFile = options.length > 0 && !options[0].startsWith("--");
    if (byFile) {
      command.add(options[0]);
    }
    command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1"));
    if (!byFile) {
      command.addAll(List.of("--save", "", "--appendonly", "no"));
    }
    command.addAll(List.of(options).subList(byFile ? 1 : 0, options.length));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    RUNNING.add(process);
    Waiting.until("Redis listens", Duration.ofSeconds(20), this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  String urlWith(String password) {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  /** Says one command in words without blanks and gives the first line of the answer. */
  String say(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write((command + "\r\n").getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(in, US_ASCII)).readLine();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, if it listens at all. */
  void trySaying(String command) {
    try {
      say(command);
    } catch (IllegalStateException notThere) {
      Thread.onSpinWait();
    }
  }

  /** Whether the answer to a command holds that text within its first lines. */
  boolean says(String command, String part) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      byte[] answer = new byte[8_192];
      int length = socket.getInputStream().read(answer);
      return length > 0 && new String(answer, 0, length, US_ASCII).contains(part);
    } catch (IOException e) {
      return false;
    }
  }

  /** How many scripts it has run since it was started. */
  int scriptsRun() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("INFO commandstats\r\nQUIT\r\n".getBytes(US_ASCII));
      String info = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return Pattern.compile("cmdstat_eval(?:sha)?:calls=(\\d+)")
          .matcher(info)
          .results()
          .mapToInt(result -> Integer.parseInt(result.group(1)))
          .sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  void pause() {
    signal("-STOP");
  }

  void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    RUNNING.remove(process);
  }

  @Override
  public void close() {
    kill();
  }
}
