package dev.sluice.limiter;

import dev.sluice.upstream.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** A real Redis on loopback that keeps nothing and never outlives this JVM. */
final class RedisServer implements AutoCloseable {
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
  static RedisServer start(String... options) {
    Assumptions.assumeTrue(isInstalled(), "SKIPPED: redis-server is not installed");
    RedisServer server = new RedisServer(freePort(), options);
    server.begin();
    return server;
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

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it, again on the same port if it was killed. */
  void begin() {
    List<String> command = new ArrayList<>(List.of("redis-server", "--port", "" + port));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--bind", "127.0.0.1"));
    command.addAll(List.of(options));
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

  String url() {
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
      out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).readLine();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
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
