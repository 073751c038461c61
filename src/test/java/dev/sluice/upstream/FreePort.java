package dev.sluice.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that is to come back on it. It lies below those that the kernel hands out
 * (32768 to 60999 on Linux), so that no client's connection sits on it meanwhile.
 */
public final class FreePort {
  private static final int LEAST = 12_000;
  private static final int MOST = 32_000;

  private FreePort() {}

  /** One that nobody listens on now. */
  public static int find() {
    for (; ; ) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, MOST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody has it: another, then.
      }
    }
  }
}
