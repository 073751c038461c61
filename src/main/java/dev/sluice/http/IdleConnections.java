package dev.sluice.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private final Duration limit;
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
    private long since = System.nanoTime();
  }

  void opened(HttpConnection connection) {
    uses.put(connection, new Use());
    connection.closeHandler(closed -> uses.remove(connection));
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
    return use.served || limit.compareTo(FIRST_REQUEST) < 0 ? limit : FIRST_REQUEST;
  }
}
