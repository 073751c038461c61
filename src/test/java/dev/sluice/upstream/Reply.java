package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The words of a script. Each is spoken on the wire when it is called; when the peer leaves, the
 * script ends there.
 *
 * <p>A reply ends with {@link #end}, {@link #cut}, {@link #reset} or {@link #stall}; one whose
 * chunked body is left open makes {@link FakeUpstream#close} fail, since that is nearly always a
 * forgotten word.
 */
public final class Reply {
  private static final long PIECE_REST_NANOS = 50_000;

  private final UpstreamConnection connection;
  private boolean bodyOpen;
  private Framing framing = Framing.LENGTH;

  Reply(UpstreamConnection connection) {
    this.connection = connection;
  }

  /**
   * Status line and header fields, and {@code transfer-encoding: chunked} unless {@code lines} hold
   * {@code content-length}, {@code transfer-encoding} or {@code connection: close}.
   *
   * @param lines such as {@code content-type: text/event-stream}
   */
  public Reply head(int status, String... lines) {
    var given = List.of(lines);
    framing = Framing.of(status, given);
    bodyOpen = framing == Framing.CHUNKED;
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    given.forEach(line -> head.append(line).append("\r\n"));
    if (framing == Framing.CHUNKED && !Framing.announces(given, "transfer-encoding:")) {
      head.append("transfer-encoding: chunked\r\n");
    }
    return raw(head.append("\r\n").toString());
  }

  /** The head of an event stream. */
  public Reply sse() {
    return head(200, "content-type: text/event-stream; charset=utf-8", "cache-control: no-cache");
  }

  /** An interim answer such as 103, before the head. */
  public Reply interim(int status, String... lines) {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Interim\r\n");
    List.of(lines).forEach(line -> head.append(line).append("\r\n"));
    return raw(head.append("\r\n").toString());
  }

  /** A whole answer with its length told, after which the connection stays open. */
  public Reply json(int status, String body, String... lines) {
    return whole(status, "application/json", body, lines);
  }

  /** A whole answer of any type with its length told, after which the connection stays open. */
  public Reply whole(int status, String contentType, String body, String... lines) {
    byte[] bytes = utf8(body);
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    head.append("content-type: ").append(contentType).append("\r\n");
    List.of(lines).forEach(line -> head.append(line).append("\r\n"));
    head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
    return raw(head.toString()).raw(bytes);
  }

  public Reply redirect(int status, String location) {
    return head(status, "location: " + location, "content-length: 0");
  }

  /** One HTTP chunk. In a body that is not chunked: the bytes alone. */
  public Reply chunk(String text) {
    return chunk(utf8(text));
  }

  /** One HTTP chunk. In a body that is not chunked: the bytes alone. */
  public Reply chunk(byte[] bytes) {
    if (framing != Framing.CHUNKED) {
      return raw(bytes);
    }
    byte[] start = utf8(Integer.toHexString(bytes.length) + "\r\n");
    byte[] whole = new byte[start.length + bytes.length + 2];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(bytes, 0, whole, start.length, bytes.length);
    whole[whole.length - 2] = '\r';
    whole[whole.length - 1] = '\n';
    return raw(whole);
  }

  /**
   * The text as HTTP chunks of {@code size} bytes: cuts that no kernel can undo, unlike those of
   * {@link #inPieces}, since a reader is shown chunk by chunk.
   */
  public Reply chunksOf(int size, String text) {
    byte[] bytes = utf8(text);
    for (int from = 0; from < bytes.length; from += size) {
      chunk(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
    }
    return this;
  }

  /** One chunk with one event without a name. */
  public Reply event(String json) {
    return chunk("data: " + json + "\n\n");
  }

  /** One chunk with one named event. */
  public Reply event(String name, String json) {
    return chunk("event: " + name + "\ndata: " + json + "\n\n");
  }

  /** These bytes, whatever they do to the framing. */
  public Reply raw(String text) {
    return raw(utf8(text));
  }

  /** These bytes, whatever they do to the framing. */
  public Reply raw(byte[] bytes) {
    connection.out().write(bytes);
    return this;
  }

  /**
   * From here on writes no more than these sizes at a time, in turn and then from the first again,
   * framing included. What a reader has not fetched yet the kernel may still join; a short rest
   * after each piece makes that rare.
   */
  public Reply inPieces(int... sizes) {
    connection.out().cutInto(Duration.ofNanos(PIECE_REST_NANOS), sizes);
    return this;
  }

  /** From here on one byte a write. */
  public Reply splitEverywhere() {
    return inPieces(1);
  }

  /** From here on {@code size} bytes, then a wait of {@code gap}, and so on. */
  public Reply dripping(int size, Duration gap) {
    connection.out().cutInto(gap, size);
    return this;
  }

  /** From here on each write in one piece again. */
  public Reply inOnePiece() {
    connection.out().cutInto(Duration.ZERO);
    return this;
  }

  public Reply pause(Duration time) {
    connection.pause(time);
    return this;
  }

  /** Waits until the test opens the latch, at most {@link FakeUpstream#PATIENCE}. */
  public Reply await(CountDownLatch latch) {
    long deadline = System.nanoTime() + FakeUpstream.PATIENCE.toNanos();
    try {
      while (!latch.await(2, TimeUnit.MILLISECONDS)) {
        if (!connection.isOpen()) {
          throw new PeerLeftException();
        }
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("nobody opened the latch that the script waits for");
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /**
   * Chunks without end, until the peer leaves; the script ends here.
   *
   * @param text of the chunk with this number, counted from 0
   */
  public void endlessly(Duration gap, IntFunction<String> text) {
    for (int i = 0; ; i++) {
      chunk(text.apply(i));
      if (!gap.isZero()) {
        connection.pause(gap);
      }
    }
  }

  /** The regular end: the last chunk, or FIN where the body runs until the close. */
  public void end() {
    if (framing == Framing.CHUNKED) {
      raw("0\r\n\r\n");
    } else if (framing == Framing.UNTIL_CLOSE) {
      connection.finish();
    }
    bodyOpen = false;
  }

  /** FIN here, whatever the framing still owes. */
  public void cut() {
    bodyOpen = false;
    connection.finish();
  }

  /** RST here. What the peer has not read yet is lost to it. */
  public void reset() {
    bodyOpen = false;
    connection.reset();
  }

  /** Says nothing more and holds the connection until the peer leaves; the script ends here. */
  public void stall() {
    connection.departure().join();
    throw new PeerLeftException();
  }

  void requireEnded() {
    if (bodyOpen) {
      throw new IllegalStateException("a script left its reply open: say end, cut, reset or stall");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
