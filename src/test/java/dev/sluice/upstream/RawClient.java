package dev.sluice.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * An HTTP/1.1 client on one connection to 127.0.0.1 that sends exactly what it is told, reads only
 * when it is told, and leaves as it is told. Nothing here waits longer than the deadline of a read,
 * {@link FakeUpstream#PATIENCE} unless said otherwise: then {@link SocketTimeoutException}.
 */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final MessageReader reader;
  private Map<String, String> headers = Map.of();

  private RawClient(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout((int) FakeUpstream.PATIENCE.toMillis());
    in = new BufferedInputStream(socket.getInputStream());
    reader = new MessageReader(in);
  }

  public static RawClient connect(int port) throws IOException {
    return new RawClient(port, 0);
  }

  /** With a receive buffer of a few KiB: one that does not read is soon felt by the other end. */
  public static RawClient connectWithSmallBuffer(int port) throws IOException {
    return new RawClient(port, 4 * 1024);
  }

  /** How long each later read waits for bytes. */
  public RawClient deadline(Duration deadline) throws SocketException {
    socket.setSoTimeout((int) deadline.toMillis());
    return this;
  }

  /** These bytes and no others, as UTF-8. */
  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** These bytes and no others. */
  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** A GET with {@code host} and these header lines. */
  public RawClient get(String path, String... lines) throws IOException {
    return send(head("GET", path, lines) + "\r\n");
  }

  /** A POST of JSON with {@code host}, its type and length, and these header lines. */
  public RawClient post(String path, String json, String... lines) throws IOException {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    String head =
        head("POST", path, lines) + "content-type: application/json\r\ncontent-length: " + length;
    return send(head + "\r\n\r\n" + json);
  }

  private String head(String method, String path, String... lines) {
    var head =
        new StringBuilder(
            method + " " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + socket.getPort() + "\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return head.toString();
  }

  /** The head of the next answer, interim answers (1xx) included. */
  public ResponseHead readHead() throws IOException {
    String[] words = reader.requireLine().split(" ", 3);
    headers = reader.readHeaders();
    return new ResponseHead(Integer.parseInt(words[1]), headers);
  }

  /**
   * The body of the answer whose head was read last, as a stream; {@link EOFException} where it is
   * cut.
   */
  public InputStream body() {
    return reader.body(headers, in);
  }

  /** The whole body, or what arrived of it. */
  public ResponseBody readBody() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var body = body();
    try {
      body.transferTo(bytes);
      return new ResponseBody(bytes.toByteArray(), true);
    } catch (EOFException | SocketException e) {
      return new ResponseBody(bytes.toByteArray(), false);
    }
  }

  /** The body as events. Call it once an answer. */
  public SseReader events() {
    return new SseReader(body());
  }

  /**
   * The next bytes as they come, framing included, at most {@code most}; none when the other end
   * has finished.
   */
  public byte[] readSome(int most) throws IOException {
    byte[] bytes = new byte[most];
    int count = in.read(bytes);
    return count <= 0 ? new byte[0] : Arrays.copyOf(bytes, count);
  }

  /**
   * Reads and drops until the other end closes.
   *
   * @throws SocketTimeoutException if it does not within the deadline of a read
   */
  public Departure.Kind awaitClosed() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
      return Departure.Kind.FIN;
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SocketException e) {
      return Departure.Kind.RESET;
    }
  }

  /** Every byte until the other end finishes, framing included. */
  public byte[] readAll() throws IOException {
    return in.readAllBytes();
  }

  /** FIN, but goes on reading. */
  public void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Leaves by FIN; the system turns it into RST if there are bytes that were not read. */
  public void leave() throws IOException {
    socket.close();
  }

  /** Leaves by RST. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    leave();
  }
}
