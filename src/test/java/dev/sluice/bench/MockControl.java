package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Talks to a mock upstream that may be another process. */
final class MockControl {
  private MockControl() {}

  /** Changes the streams to come. */
  static void use(int port, MockSettings settings) {
    get(port, "/bench/settings?" + settings.query());
  }

  /** One of {@link MockCounts}, by its name there. */
  static long count(int port, String name) {
    String counts = get(port, "/bench/counts");
    String start = "\"" + name + "\":";
    int from = counts.indexOf(start) + start.length();
    int to = from;
    while (Character.isDigit(counts.charAt(to))) {
      to++;
    }
    return Long.parseLong(counts.substring(from, to));
  }

  private static String get(int port, String path) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[1024];
      int size = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, size), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
