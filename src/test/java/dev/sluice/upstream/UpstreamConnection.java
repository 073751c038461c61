package dev.sluice.upstream;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection. One thread reads all the time, so that the peer's leaving is seen even
 * while a script writes or waits; another runs the scripts of its requests, one after the other.
 */
final class UpstreamConnection {
  private final int number;
  private final Socket plain;
  private final Socket secured;
  private final InputStream in;
  private final PieceWriter out;
  private final CompletableFuture<Departure> departure = new CompletableFuture<>();
  private final ExecutorService scripts;

  /**
   * @param plain the TCP socket
   * @param secured the TLS socket on top of it, or the TCP socket again
   */
  UpstreamConnection(int number, Socket plain, Socket secured) throws IOException {
    this.number = number;
    this.plain = plain;
    this.secured = secured;
    this.in = new BufferedInputStream(secured.getInputStream());
    this.out = new PieceWriter(secured.getOutputStream(), this::pause);
    this.scripts =
        Executors.newSingleThreadExecutor(task -> daemon("upstream-script-" + number, task));
  }

  static Thread daemon(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Reads requests until the peer leaves; each is handed over on the thread of the scripts. */
  void serve(Consumer<RecordedRequest> answer, Consumer<Throwable> failed) {
    daemon("upstream-reader-" + number, () -> readAll(answer, failed)).start();
  }

  private void readAll(Consumer<RecordedRequest> answer, Consumer<Throwable> failed) {
    try {
      if (!handshake()) {
        left(Departure.Kind.TLS_REFUSED);
        return;
      }
      for (var request = readRequest(); request != null; request = readRequest()) {
        var arrived = request;
        scripts.execute(() -> answer.accept(arrived));
      }
      left(Departure.Kind.FIN);
    } catch (EOFException e) {
      left(Departure.Kind.FIN);
    } catch (ProtocolException e) {
      failed.accept(e);
      left(Departure.Kind.BY_US);
    } catch (IOException e) {
      left(Departure.Kind.RESET);
    } catch (RuntimeException e) {
      failed.accept(e);
      left(Departure.Kind.BY_US);
    } finally {
      scripts.shutdown();
    }
  }

  /** False however it fails: the RST of a peer that leaves may overtake the alert that says why. */
  private boolean handshake() {
    try {
      if (secured instanceof SSLSocket tls) {
        tls.startHandshake();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private @Nullable RecordedRequest readRequest() throws IOException {
    var reader = new MessageReader(in);
    String line = reader.readLine();
    if (line == null) {
      return null;
    }
    String[] words = line.split(" ", -1);
    if (words.length != 3) {
      throw new ProtocolException("not a request line: " + line);
    }
    var headers = reader.readHeaders();
    byte[] body = reader.body(headers, InputStream.nullInputStream()).readAllBytes();
    return new RecordedRequest(number, words[0], words[1], headers, body, System.nanoTime());
  }

  private void left(Departure.Kind kind) {
    departure.complete(Departure.now(kind));
    try {
      plain.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }

  int number() {
    return number;
  }

  PieceWriter out() {
    return out;
  }

  CompletableFuture<Departure> departure() {
    return departure;
  }

  boolean isOpen() {
    return !departure.isDone();
  }

  /** Waits; the peer's leaving ends the script at once. */
  void pause(Duration time) {
    try {
      departure.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    throw new PeerLeftException();
  }

  /** Says FIN; the peer may go on sending. */
  void finish() {
    try {
      plain.shutdownOutput();
    } catch (IOException e) {
      throw new PeerLeftException();
    }
  }

  /** Says RST. */
  void reset() {
    try {
      plain.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new PeerLeftException();
    }
    left(Departure.Kind.BY_US);
  }

  void close() {
    left(Departure.Kind.BY_US);
  }
}
