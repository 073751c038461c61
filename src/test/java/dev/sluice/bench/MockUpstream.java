package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An upstream that costs little: OpenAI's API on HTTP/1.1, thousands of paced streams on one
 * thread. {@code POST} anything answers, streamed if the body says {@code "stream":true}; {@code
 * GET .../models} lists one; {@code GET /bench/settings?tokens=..&pace=..&burst=..} changes the
 * streams to come, {@code GET /bench/counts} tells how many are open and how many their readers
 * left.
 */
public final class MockUpstream implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
  private final byte[] scratch = new byte[64 * 1024];
  private final ByteBuffer output = ByteBuffer.allocateDirect(256 * 1024);
  private final TimerWheel<MockConnection> timers = new TimerWheel<>(System.nanoTime());
  private List<MockConnection> eager = new ArrayList<>();
  private List<MockConnection> served = new ArrayList<>();
  private final MockCounts counts = new MockCounts();
  private MockSettings settings;
  private volatile boolean closed;

  private MockUpstream(int port, MockSettings settings) throws IOException {
    this.settings = settings;
    listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Serves on a thread of its own.
   *
   * @param port 0 for a free one
   */
  static MockUpstream start(int port, MockSettings settings) throws IOException {
    var mock = new MockUpstream(port, settings);
    var thread = new Thread(mock::run, "mock-upstream");
    thread.setDaemon(true);
    thread.start();
    return mock;
  }

  /**
   * Options: {@code --port --tokens --pace (µs) --burst}. Prints the port and serves until it is
   * killed.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var options = new Options(List.of("port", "tokens", "pace", "burst"), args);
    var mock = start(options.number("port", 0), MockSettings.of(options));
    System.out.println("listening on " + mock.port());
    Thread.currentThread().join();
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  MockCounts counts() {
    return counts;
  }

  MockSettings settings() {
    return settings;
  }

  void use(MockSettings changed) {
    settings = changed;
  }

  /** An empty buffer for one write; the next call reuses it. */
  ByteBuffer output() {
    return output.clear();
  }

  void schedule(MockConnection connection, long dueNanos) {
    timers.schedule(connection, dueNanos);
  }

  /** Calls {@link MockConnection#speak} in the next round. */
  void speakSoon(MockConnection connection) {
    eager.add(connection);
  }

  private void run() {
    try {
      while (!closed) {
        select();
        timers.advance(System.nanoTime(), MockConnection::speak);
        speakInTurn();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void select() throws IOException {
    if (eager.isEmpty()) {
      selector.select(this::ready, timers.isEmpty() ? 1000 : 1);
    } else {
      selector.selectNow(this::ready);
    }
  }

  private void speakInTurn() {
    var round = eager;
    eager = served;
    served = round;
    round.forEach(MockConnection::speak);
    round.clear();
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
        return;
      }
      var connection = (MockConnection) key.attachment();
      if (key.isWritable()) {
        connection.writable();
      }
      if (key.isValid() && key.isReadable()) {
        connection.readable(input, scratch);
      }
    } catch (ClosedChannelException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      ((MockConnection) key.attachment()).close();
    }
  }

  private void accept() throws IOException {
    for (var channel = listener.accept(); channel != null; channel = listener.accept()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new MockConnection(this, channel, key));
      counts.connections++;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    listener.close();
  }
}
