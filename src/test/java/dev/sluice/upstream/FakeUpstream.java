package dev.sluice.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 upstream on loopback that answers by script, byte for byte, and remembers what it was
 * asked and when its peers left.
 *
 * <pre>{@code
 * try (var upstream = FakeUpstream.start()) {
 *   upstream.answer(reply -> reply.sse().event("{...}").reset());
 *   ...
 *   assertThat(upstream.takeRequest().path()).isEqualTo("/v1/chat/completions");
 * }
 * }</pre>
 */
public final class FakeUpstream implements AutoCloseable {
  /** How long anything here is waited for; a test that meets it has failed. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int SEND_BUFFER = 64 * 1024;

  private final ServerSocket listener;
  private final @Nullable SSLSocketFactory tls;
  private final List<UpstreamConnection> connections = new CopyOnWriteArrayList<>();
  private final BlockingQueue<RecordedRequest> requests = new LinkedBlockingQueue<>();
  private final Queue<BiConsumer<RecordedRequest, Reply>> next = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile BiConsumer<RecordedRequest, Reply> otherwise =
      (request, reply) -> reply.json(501, "{\"error\":{\"message\":\"no answer was scripted\"}}");

  private FakeUpstream(int port, @Nullable SSLSocketFactory tls) throws IOException {
    this.listener = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
    this.tls = tls;
  }

  /** Listens on a free port of 127.0.0.1. */
  public static FakeUpstream start() {
    return start(0, null);
  }

  /**
   * Listens on this port of 127.0.0.1.
   *
   * @throws UncheckedIOException if it is taken
   */
  public static FakeUpstream startAt(int port) {
    return start(port, null);
  }

  /** Listens for TLS 1.2 and 1.3 with this certificate, without ALPN. */
  public static FakeUpstream startTls(TestCertificate certificate) {
    return start(0, certificate.serverContext().getSocketFactory());
  }

  private static FakeUpstream start(int port, @Nullable SSLSocketFactory tls) {
    try {
      var upstream = new FakeUpstream(port, tls);
      UpstreamConnection.daemon("upstream-accept", upstream::accept).start();
      return upstream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of 127.0.0.1 where connects are refused. */
  public static int closedPort() {
    try (var once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return once.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Scheme, host and port, without a slash at the end. */
  public String url() {
    return tls == null ? "http://127.0.0.1:" + port() : "https://localhost:" + port();
  }

  /** How every request is answered that no {@link #answerNext} is for. */
  public FakeUpstream answer(Consumer<Reply> script) {
    return answerEach((request, reply) -> script.accept(reply));
  }

  /** As {@link #answer}, by a script that looks at the request. */
  public FakeUpstream answerEach(BiConsumer<RecordedRequest, Reply> script) {
    otherwise = script;
    return this;
  }

  /** How the next request is answered, and that one only; several line up. */
  public FakeUpstream answerNext(Consumer<Reply> script) {
    next.add((request, reply) -> script.accept(reply));
    return this;
  }

  /** The oldest request not taken yet; waits for it. */
  public RecordedRequest takeRequest() {
    return takeRequest(PATIENCE);
  }

  /**
   * The oldest request not taken yet; waits for it.
   *
   * @throws AssertionError if none arrives in time
   */
  public RecordedRequest takeRequest(Duration timeout) {
    RecordedRequest request = Waiting.poll(requests, timeout);
    if (request == null) {
      throw new AssertionError("no request arrived within " + timeout);
    }
    return request;
  }

  /** How many requests have arrived and were not taken. */
  public int waitingRequests() {
    return requests.size();
  }

  /** The same without the gateway's own questions for models. */
  public long waitingChats() {
    return requests.stream().filter(request -> request.method().equals("POST")).count();
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.size();
  }

  public int openConnections() {
    return (int) connections.stream().filter(UpstreamConnection::isOpen).count();
  }

  /** Waits until this connection, counted from 1, has ended. */
  public Departure awaitClosed(int connection) {
    return awaitClosed(connection, PATIENCE);
  }

  /**
   * Waits until this connection, counted from 1, has ended.
   *
   * @throws AssertionError if it is still open then, or was never made
   */
  public Departure awaitClosed(int connection, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Waiting.until(
        "connection " + connection + " is made", timeout, () -> connections() >= connection);
    var left = connections.get(connection - 1).departure();
    Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    Waiting.until("connection " + connection + " is closed", rest, left::isDone);
    return left.join();
  }

  /** Bytes that the socket of this connection has taken, framing included. */
  public long bytesWritten(int connection) {
    return connections.get(connection - 1).out().written();
  }

  /**
   * Waits until a connection that writes has not got rid of a byte for {@code quiet}, which is when
   * the peer has stopped reading and the buffers between are full.
   *
   * @return the bytes written until then
   */
  public long awaitBackPressure(int connection, Duration quiet) {
    long[] last = {-1, 0};
    Waiting.until(
        "connection " + connection + " can write no more",
        PATIENCE,
        () -> {
          long now = System.nanoTime();
          long written = connections() < connection ? -1 : bytesWritten(connection);
          if (written != last[0] || written <= 0) {
            last[0] = written;
            last[1] = now;
          }
          return now - last[1] > quiet.toNanos();
        });
    return last[0];
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        open(listener.accept());
      } catch (IOException e) {
        // Closed meanwhile, or this one connection died at once: neither concerns the others.
      }
    }
  }

  private void open(Socket plain) throws IOException {
    plain.setTcpNoDelay(true);
    plain.setSendBufferSize(SEND_BUFFER);
    Socket secured = tls == null ? plain : tls.createSocket(plain, null, true);
    var connection = new UpstreamConnection(connections.size() + 1, plain, secured);
    connections.add(connection);
    connection.serve(request -> answer(connection, request), failures::add);
  }

  private void answer(UpstreamConnection connection, RecordedRequest request) {
    requests.add(request);
    var queued = next.poll();
    var reply = new Reply(connection);
    try {
      (queued == null ? otherwise : queued).accept(request, reply);
      reply.requireEnded();
    } catch (PeerLeftException e) {
      // The script's ordinary end where the peer goes first.
    } catch (RuntimeException | AssertionError e) {
      failures.add(e);
      connection.close();
    }
  }

  /**
   * Closes all connections.
   *
   * @throws AssertionError if a script failed, or a peer sent something that is not HTTP
   */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(UpstreamConnection::close);
    Throwable failure = failures.peek();
    if (failure != null) {
      throw new AssertionError(
          "a script of the fake upstream failed: " + failure.getMessage(), failure);
    }
  }
}
