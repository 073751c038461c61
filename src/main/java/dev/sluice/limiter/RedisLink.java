package dev.sluice.limiter;

import dev.sluice.config.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to Redis, on which all calls are pipelined. Every call has a deadline; while
 * there is no connection, calls fail at once.
 *
 * <p>It is also the circuit breaker: after {@value #FAILURES} failures in a row the connection is
 * given up, and no call pays for Redis until another connection is made, which is tried each
 * second. That one is given up at its first failure, until a call has succeeded.
 */
final class RedisLink {
  private static final int FAILURES = 5;
  private static final int WAITING = 10_000;

  /** One connection to each node of a cluster, and those that ask where the nodes are. */
  private static final int NODES = 64;

  private static final long CONNECT_MILLIS = 1_000;
  private static final long FIRST_RETRY_MILLIS = 50;
  private static final long LAST_RETRY_MILLIS = 1_000;

  private final Vertx vertx;
  private final RedisConfig config;
  private final RedisWatch watch;
  private @Nullable Redis client;
  private volatile @Nullable RedisConnection connection;
  private int failures;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private boolean closed;

  RedisLink(Vertx vertx, RedisConfig config, RedisWatch watch) {
    this.vertx = vertx;
    this.config = config;
    this.watch = watch;
  }

  /** Begins to connect. Nobody has to wait for it. */
  void open() {
    if (closed) {
      return;
    }
    Redis attempt;
    try {
      attempt = Redis.createClient(vertx, options());
    } catch (RuntimeException e) {
      away("the URL cannot be used");
      return;
    }
    client = attempt;
    attempt
        .connect()
        .timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(made -> connected(attempt, made))
        .onFailure(cause -> lost(attempt, RedisWatch.reason(cause)));
  }

  void close() {
    closed = true;
    Redis last = client;
    client = null;
    connection = null;
    if (last != null) {
      last.close();
    }
  }

  boolean isOpen() {
    return connection != null;
  }

  /** Fails with the error that Redis answered, or with a {@link RedisAwayException}. */
  Future<Response> send(Request request) {
    RedisConnection open = connection;
    Redis via = client;
    if (open == null || via == null) {
      return Future.failedFuture(new RedisAwayException("no connection"));
    }
    return open.send(request)
        .timeout(config.deadline().toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(reply -> answered())
        .onFailure(cause -> failed(via, cause));
  }

  private void answered() {
    failures = 0;
    retryMillis = FIRST_RETRY_MILLIS;
    watch.isBack();
  }

  private void failed(Redis via, Throwable cause) {
    if (RedisScript.isUnknown(cause)) {
      return;
    }
    String reason = RedisWatch.reason(cause);
    watch.isAway(reason);
    if (via == client && ++failures >= FAILURES) {
      retryMillis = LAST_RETRY_MILLIS;
      lost(via, reason);
    }
  }

  private void connected(Redis attempt, RedisConnection made) {
    if (attempt != client) {
      attempt.close();
      return;
    }
    connection = made;
    failures = retryMillis == FIRST_RETRY_MILLIS ? 0 : FAILURES - 1;
    watch.isBack();
    made.exceptionHandler(cause -> lost(attempt, "the connection broke"));
    made.endHandler(end -> lost(attempt, "the connection was closed"));
  }

  private void lost(Redis which, String reason) {
    which.close();
    if (which == client) {
      client = null;
      connection = null;
      away(reason);
    }
  }

  private void away(String reason) {
    watch.isAway(reason);
    vertx.setTimer(retryMillis, timer -> open());
    retryMillis = Math.min(LAST_RETRY_MILLIS, 2 * retryMillis);
  }

  private RedisOptions options() {
    NetClientOptions net =
        new NetClientOptions()
            .setConnectTimeout((int) CONNECT_MILLIS)
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setHostnameVerificationAlgorithm("HTTPS");
    if (config.caCertificate() != null) {
      net.setTrustOptions(new PemTrustOptions().addCertPath(config.caCertificate()));
    }
    return new RedisUrl(config.url() == null ? "" : config.url().reveal())
        .options()
        .setMaxWaitingHandlers(WAITING)
        .setMaxPoolSize(NODES)
        .setMaxPoolWaiting(NODES)
        .setNetClientOptions(net);
  }
}
