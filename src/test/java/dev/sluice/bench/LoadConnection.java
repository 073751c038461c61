package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One connection of the load client: asks, checks the answer, and asks again for as long as it is
 * told.
 */
final class LoadConnection implements MessageParser.Listener {
  private static final int MOST_OF_A_PLAIN_ANSWER = 64 * 1024;

  private final StreamLoad load;
  private final SocketChannel channel = SocketChannel.open();
  private final MessageParser parser = new MessageParser(false, this);
  private final SequenceChecker sequence = new SequenceChecker();
  private final EventScanner events = new EventScanner(sequence);
  private final ByteArrayOutputStream plainAnswer = new ByteArrayOutputStream();
  private boolean asking = true;
  private boolean accepted;
  private boolean keepAlive = true;
  private int tokens;
  private long askedAt = System.nanoTime();
  private long lastTokenAt;

  LoadConnection(StreamLoad load, Selector selector, int port) throws IOException {
    this.load = load;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected =
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var key =
        channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    key.attach(this);
    if (connected) {
      ask();
    }
  }

  void connectable(SelectionKey key) throws IOException {
    channel.finishConnect();
    key.interestOps(SelectionKey.OP_READ);
    ask();
  }

  private void ask() throws IOException {
    asking = true;
    tokens = 0;
    events.reset();
    plainAnswer.reset();
    askedAt = System.nanoTime();
    var request = load.request();
    channel.write(request);
    if (request.hasRemaining()) {
      throw new IOException("a request that one write does not take");
    }
  }

  void readable(ByteBuffer input, byte[] scratch) throws IOException {
    int count = channel.read(input.clear());
    if (count < 0) {
      parser.endOfInput();
      lost();
      return;
    }
    input.flip().get(scratch, 0, count);
    int before = tokens;
    boolean within = asking;
    parser.feed(scratch, 0, count);
    if (within && tokens > before) {
      load.report().seen.add(tokens - before);
      tokensCame(before == 0);
    }
  }

  private void tokensCame(boolean first) {
    long now = System.nanoTime();
    if (first) {
      load.report().firstToken.record((now - askedAt) / 1000);
    } else {
      load.report().gap.record((now - lastTokenAt) / 1000);
    }
    lastTokenAt = now;
  }

  @Override
  public void head(String head) {
    accepted = head.startsWith("http/1.1 200 ");
    keepAlive = !head.contains("\r\nconnection: close\r\n");
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    if (!load.options().plain()) {
      tokens += events.feed(bytes, from, to);
    } else if (plainAnswer.size() < MOST_OF_A_PLAIN_ANSWER) {
      plainAnswer.write(bytes, from, to - from);
    }
  }

  @Override
  public void end() {
    asking = false;
    var report = load.report();
    if (!accepted) {
      report.refused++;
    } else if (load.options().plain()) {
      endOfPlain(report);
    } else {
      endOfStream(report);
    }
    load.answered(this);
  }

  private void endOfPlain(LoadReport report) {
    boolean right = plainAnswer.toString(StandardCharsets.UTF_8).contains("t0 t1 t2 ");
    if (right) {
      report.whole++;
      report.answer.record((System.nanoTime() - askedAt) / 1000);
    } else {
      report.failed++;
    }
  }

  private void endOfStream(LoadReport report) {
    report.add(sequence, load.options().tokens());
    if (events.failed()) {
      report.failed++;
    } else if (events.done()) {
      report.whole++;
      report.answer.record((System.nanoTime() - askedAt) / 1000);
    } else {
      report.cut++;
    }
  }

  /** Asks again on the same connection, or on a new one if the other end wants none of it. */
  void askAgain(Selector selector) throws IOException {
    if (keepAlive && channel.isOpen()) {
      ask();
    } else {
      channel.close();
      load.open(selector);
    }
  }

  /** The connection is gone; an answer that was under way is cut. */
  void lost() {
    close();
    if (!asking) {
      return;
    }
    asking = false;
    load.report().cut++;
    if (!load.options().plain()) {
      load.report().add(sequence, load.options().tokens());
    }
    load.answered(this);
  }

  /** Leaves by RST, wherever the answer is. */
  void abandon() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed either way.
    }
    close();
    if (asking) {
      asking = false;
      load.report().abandoned++;
      load.report().tokens += sequence.tokens();
      load.report().reordered += sequence.reordered();
      load.report().duplicated += sequence.duplicated();
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
