package dev.sluice.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that nobody uses: without a request under way for a while, or without a first
 * one soon after they were opened. A connection with an answer under way is never idle, however
 * long the model thinks; that is why the server's own idle timeout, which counts bytes, will not
 * do.
 */
final class IdleConnections {
  private static final Duration SWEEP = Duration.ofSeconds(1);

  /** How long a connection may take to bring its first request (slow headers are an attack). */
  private static final Duration FIRST_REQUEST = Duration.ofSeconds(10);

  /** How long a connection may be idle during the drain. */
  private static final Duration IDLE_IN_DRAIN = Duration.ofSeconds(1);

  /** How long the last bytes of a connection may take. */
  private static final long CLOSE_SECONDS = 1;

  private final Duration limit;
  private boolean draining;
  private final Map<HttpConnection, Use> uses = new HashMap<>();
  private final Runnable stop;

  IdleConnections(Vertx vertx, Duration limit) {
    this.limit = limit;
    long timer = vertx.setPeriodic(SWEEP.toMillis(), id -> sweep());
    this.stop = () -> vertx.cancelTimer(timer);
  }

  private static final class Use {
    private int requests;
    private boolean served;
    private boolean last;
    private long since = System.nanoTime();
  }

  void opened(HttpConnection connection) {
    uses.put(connection, new Use());
    connection.closeHandler(closed -> uses.remove(connection));
  }

  /** How many requests are under way. */
  int requests() {
    return uses.values().stream().mapToInt(use -> use.requests).sum();
  }

  /**
   * Takes every connection out of use: an idle one is closed soon, and one that brings a response
   * is closed after it. Over HTTP/1.1 the response says so. Over HTTP/2 no GOAWAY is sent while a
   * response is under way: some clients then give up the streams that they have begun.
   */
  void drain() {
    draining = true;
  }

  /**
   * Has the response to {@code request} take its connection out of use if it is sent in a drain.
   */
  void arrived(HttpServerRequest request) {
    Use use = uses.get(request.connection());
    if (use == null) {
      return;
    }
    HttpServerResponse response = request.response();
    response.headersEndHandler(
        head -> {
          use.last |= draining;
          if (draining && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
          }
        });
  }

  /**
   * A request came over {@code connection}.
   *
   * @return to be run when its response has ended, or will not; running it again does nothing
   */
  Runnable requested(HttpConnection connection) {
    Use use = uses.get(connection);
    if (use == null) {
      return () -> {};
    }
    use.requests++;
    use.served = true;
    boolean[] over = new boolean[1];
    return () -> {
      if (!over[0]) {
        over[0] = true;
        use.requests--;
        use.since = System.nanoTime();
        if (use.last && use.requests == 0) {
          connection.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
      }
    };
  }

  void close() {
    stop.run();
  }

  private void sweep() {
    long now = System.nanoTime();
    for (HttpConnection connection : List.copyOf(uses.keySet())) {
      Use use = uses.get(connection);
      if (use != null && use.requests == 0 && now - use.since > limit(use).toNanos()) {
        connection.close();
      }
    }
  }

  private Duration limit(Use use) {
    if (draining) {
      return IDLE_IN_DRAIN;
    }
    return use.served || limit.compareTo(FIRST_REQUEST) < 0 ? limit : FIRST_REQUEST;
  }
}
