package dev.sluice.upstream;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An upstream over TLS that offers HTTP/2 by ALPN. It is Vert.x, so it is not exact to the byte; it
 * tells which version a client chose, how many connections it made, and when it reset which stream.
 */
public final class Http2Upstream implements AutoCloseable {
  /**
   * A stream that the client reset.
   *
   * @param code of RST_STREAM (RFC 9113, 7); 8 is CANCEL
   * @param atNanos as {@link System#nanoTime}
   */
  public record StreamReset(String path, long code, long atNanos) {}

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<RecordedRequest> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<StreamReset> resets = new LinkedBlockingQueue<>();
  private final List<HttpConnection> connections = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile HttpVersion lastVersion = HttpVersion.HTTP_1_1;
  private volatile Handler<HttpServerResponse> script =
      response -> response.setStatusCode(501).end();

  private Http2Upstream(TestCertificate certificate) {
    var key = new PemKeyCertOptions();
    key.setCertPath(certificate.certificateFile().toString());
    key.setKeyPath(certificate.keyFile().toString());
    var options = new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(key);
    server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0));
    server.connectionHandler(connections::add);
    server.requestHandler(this::receive);
  }

  /** Listens on a free port of 127.0.0.1 with {@link TestCertificates#localhost}. */
  public static Http2Upstream start() {
    var upstream = new Http2Upstream(TestCertificates.localhost());
    await(upstream.server.listen());
    return upstream;
  }

  public int port() {
    return server.actualPort();
  }

  public String url() {
    return "https://localhost:" + port();
  }

  /**
   * How every request is answered once it has arrived in full; runs on the event loop. The
   * response's exception handler is taken: it notes the resets.
   */
  public Http2Upstream answer(Handler<HttpServerResponse> script) {
    this.script = script;
    return this;
  }

  /** Answers with these events, and then ends or, if {@code open}, says nothing more. */
  public Http2Upstream answerEvents(List<String> events, boolean open) {
    return answer(
        response -> {
          response.putHeader("content-type", "text/event-stream; charset=utf-8");
          events.forEach(event -> response.write("data: " + event + "\n\n"));
          if (!open) {
            response.end();
          }
        });
  }

  /** Writes one event over and over as fast as flow control lets it, until the client leaves. */
  public Http2Upstream answerEndlessly(String event) {
    return answer(
        response -> {
          response.putHeader("content-type", "text/event-stream; charset=utf-8");
          var open = new boolean[] {true};
          response.closeHandler(gone -> open[0] = false);
          Consumer<Void> fill =
              again -> {
                while (open[0] && !response.writeQueueFull()) {
                  response.write("data: " + event + "\n\n");
                }
              };
          response.drainHandler(fill::accept);
          fill.accept(null);
        });
  }

  /**
   * The oldest request not taken yet; its {@code connection} is the number of connections made
   * until then.
   */
  public RecordedRequest takeRequest() {
    return taken(requests, "no request arrived");
  }

  /** The oldest reset not taken yet. */
  public StreamReset awaitReset() {
    return taken(resets, "no stream was reset");
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.size();
  }

  /** The version of HTTP the last request came in. */
  public HttpVersion lastVersion() {
    return lastVersion;
  }

  /**
   * Says GOAWAY on every connection: the streams that are open may finish, no new one may start.
   */
  public void goAway() {
    connections.forEach(connection -> connection.shutdown(FakeUpstream.PATIENCE));
  }

  private void receive(HttpServerRequest request) {
    lastVersion = request.version();
    var response = request.response();
    response.exceptionHandler(cause -> noteReset(request, cause));
    var headers = new LinkedHashMap<String, String>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
    request
        .body()
        .onSuccess(
            body -> {
              requests.add(
                  new RecordedRequest(
                      connections.size(),
                      request.method().name(),
                      request.uri(),
                      headers,
                      body.getBytes(),
                      System.nanoTime()));
              script.handle(response);
            });
  }

  private void noteReset(HttpServerRequest request, Throwable cause) {
    if (cause instanceof StreamResetException reset) {
      resets.add(new StreamReset(request.uri(), reset.getCode(), System.nanoTime()));
    }
  }

  private static <T> T taken(BlockingQueue<T> queue, String otherwise) {
    T first = Waiting.poll(queue, FakeUpstream.PATIENCE);
    if (first == null) {
      throw new AssertionError(otherwise + " within " + FakeUpstream.PATIENCE);
    }
    return first;
  }

  private static void await(Future<?> future) {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(FakeUpstream.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
