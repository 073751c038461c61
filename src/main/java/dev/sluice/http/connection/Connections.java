package dev.sluice.http.connection;

import dev.sluice.telemetry.ClientFaults;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one HTTP server on one event loop. Closes those without a request: after
 * the idle time, soon after they were opened without a first request, and soon after the first byte
 * of a head that does not end. A connection with a response under way is never idle, however long
 * the model thinks; the idle timeout of Vert.x counts bytes and would cut it.
 */
public final class Connections {
  /** The longest request line, and the longest head, in bytes. */
  public static final int MAX_LINE = 4096;

  public static final int MAX_HEAD = 8192;

  private static final Duration SWEEP = Duration.ofSeconds(1);

  /** How long an idle connection is kept in a drain. */
  private static final Duration IDLE_IN_DRAIN = Duration.ofSeconds(1);

  /** How long the last bytes of a connection may take. */
  private static final long CLOSE_SECONDS = 1;

  /** How long a head may take to arrive, the first one from the accept on. */
  private static final Duration HEAD = Duration.ofSeconds(10);

  private final Duration idle;
  private final ConnectionGate gate;
  private final ClientFaults faults;
  private final Map<HttpConnection, Use> uses = new HashMap<>();
  private final Runnable stop;
  private boolean draining;

  /**
   * @param idle how long a connection may be open without a request
   */
  public Connections(Vertx vertx, Duration idle, ConnectionGate gate, ClientFaults faults) {
    this.idle = idle;
    this.gate = gate;
    this.faults = faults;
    long timer = vertx.setPeriodic(SWEEP.toMillis(), id -> sweep());
    this.stop = () -> vertx.cancelTimer(timer);
  }

  /** What one connection is doing. */
  static final class Use {
    final @Nullable AcceptedConnection accepted;
    int requests;
    boolean served;

    /** Whether the connection is closed after the responses that are under way. */
    boolean last;

    long since = System.nanoTime();

    Use(@Nullable AcceptedConnection accepted) {
      this.accepted = accepted;
    }
  }

  /** Takes a connection that HTTP was negotiated on. */
  public void opened(HttpConnection connection) {
    AcceptedConnection accepted = gate.find(remote(connection));
    if (accepted != null) {
      harden(accepted.pipeline());
    }
    uses.put(connection, new Use(accepted));
    connection.closeHandler(closed -> uses.remove(connection));
  }

  private void harden(ChannelPipeline pipeline) {
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    if (http2 != null) {
      http2
          .decoder()
          .frameListener(
              new FrameBudget(
                  http2.decoder().frameListener(),
                  () -> faults.seen(ClientFaults.Kind.FRAMES, "too many control frames")));
    } else if (pipeline.get(HttpRequestDecoder.class) != null) {
      String decoder = pipeline.context(HttpRequestDecoder.class).name();
      pipeline.replace(decoder, decoder, new RequestDecoder(MAX_LINE, MAX_HEAD));
      pipeline.addBefore(pipeline.lastContext().name(), "faults", new FaultHandler(faults));
    }
  }

  private static InetSocketAddress remote(HttpConnection connection) {
    String host = connection.remoteAddress().hostAddress();
    try {
      InetAddress address = InetAddress.getByName(host); // a literal, never looked up
      return new InetSocketAddress(address, connection.remoteAddress().port());
    } catch (UnknownHostException e) {
      return InetSocketAddress.createUnresolved(host, connection.remoteAddress().port());
    }
  }

  /** How many requests are under way. */
  public int requests() {
    return uses.values().stream().mapToInt(use -> use.requests).sum();
  }

  /**
   * Takes every connection out of use: an idle one is closed soon, and one that brings a response
   * is closed after it. Over HTTP/1.1 the response says so. Over HTTP/2 no GOAWAY is sent while a
   * response is under way: some clients then give up the streams that they have begun.
   */
  public void drain() {
    draining = true;
  }

  /** A request began. Its response takes the connection out of use if it is sent in a drain. */
  public OpenRequest requested(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    Use use = uses.get(connection);
    if (use == null) {
      return OpenRequest.unwatched();
    }
    HttpServerResponse response = request.response();
    response.headersEndHandler(
        head -> {
          use.last |= draining;
          if (draining && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
          }
        });
    return new OpenRequest(use, () -> connection.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS));
  }

  public void close() {
    stop.run();
  }

  private void sweep() {
    long now = System.nanoTime();
    for (HttpConnection connection : List.copyOf(uses.keySet())) {
      Use use = uses.get(connection);
      if (use != null && use.requests == 0) {
        if (isSlow(connection, use, now)) {
          faults.seen(ClientFaults.Kind.SLOW_HEAD, "a head did not arrive in time");
          connection.close();
        } else if (now - use.since > (draining ? IDLE_IN_DRAIN : idle).toNanos()) {
          connection.close();
        }
      }
    }
  }

  /** Over HTTP/2 bytes may arrive for other reasons than a request. */
  private boolean isSlow(HttpConnection connection, Use use, long now) {
    if (!use.served) {
      return now - use.since > HEAD.toNanos();
    }
    return use.accepted != null
        && connection.protocolVersion() != HttpVersion.HTTP_2
        && use.accepted.headBeganBefore(now - HEAD.toNanos());
  }
}
