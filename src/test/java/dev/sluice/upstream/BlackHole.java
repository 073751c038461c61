package dev.sluice.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of 127.0.0.1 where a connect is neither accepted nor refused: its queue of connections is
 * full, and Linux drops what comes after.
 */
public final class BlackHole implements AutoCloseable {
  private static final int CONNECT_MILLIS = 100;
  private static final int MOST_IN_QUEUE = 16;

  private final ServerSocket listener;
  private final List<Socket> queued = new ArrayList<>();

  private BlackHole() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /**
   * Listens and fills the queue.
   *
   * @throws IllegalStateException if this system goes on accepting
   */
  public static BlackHole open() throws IOException {
    var hole = new BlackHole();
    for (int i = 0; i < MOST_IN_QUEUE; i++) {
      if (!hole.takesOneMore()) {
        return hole;
      }
    }
    hole.close();
    throw new IllegalStateException("the queue of connections never fills on this system");
  }

  private boolean takesOneMore() throws IOException {
    var socket = new Socket();
    queued.add(socket);
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), CONNECT_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (var socket : queued) {
      socket.close();
    }
    listener.close();
  }
}
