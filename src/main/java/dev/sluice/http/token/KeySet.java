package dev.sluice.http.token;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys (RFC 7517), fetched anew every ten minutes, and when a token names one that is
 * not known, but then at most twice a minute. Keys that were fetched hold while the issuer is away.
 */
final class KeySet {
  private static final Logger log = LoggerFactory.getLogger(KeySet.class);
  private static final long INTERVAL_MILLIS = 600_000;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long DEADLINE_MILLIS = 5_000;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int OK = 200;

  private final Vertx vertx;
  private final String url;
  private final Consumer<List<JsonObject>> taker;
  private final HttpClient client;
  private final long timer;
  private final Set<String> ids = new HashSet<>();
  private Future<?> last;
  private long asked;

  /**
   * @param taker is given each new set
   */
  KeySet(Vertx vertx, String url, Consumer<List<JsonObject>> taker) {
    this.vertx = vertx;
    this.url = url;
    this.taker = taker;
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) DEADLINE_MILLIS));
    this.last = fetch();
    this.timer = vertx.setPeriodic(INTERVAL_MILLIS, tick -> last = fetch());
  }

  void close() {
    vertx.cancelTimer(timer);
    client.close();
  }

  /** Whether a token that names this key can be verified; a key without an id may be any. */
  boolean has(String id) {
    return ids.contains(id) || ids.contains("");
  }

  /** Succeeds when the key of that id is known, or is known not to be there. */
  Future<?> having(@Nullable String id) {
    if (id != null && ids.contains(id)) {
      return Future.succeededFuture();
    }
    if (last.isComplete() && System.nanoTime() - asked > PAUSE_NANOS) {
      last = fetch();
    }
    return last.recover(
        away ->
            ids.isEmpty()
                ? Future.failedFuture(
                    new GatewayException(
                        Failure.of(
                            Fault.PROVIDER_UNAVAILABLE,
                            "Tokens cannot be verified at the moment.")))
                : Future.succeededFuture());
  }

  private Future<?> fetch() {
    asked = System.nanoTime();
    return client
        .request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url))
        .compose(request -> request.send().compose(KeySet::body))
        .timeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
        .map(this::learn)
        .onFailure(cause -> log.warn("the key set of the tokens' issuer cannot be fetched"));
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    return response.statusCode() == OK
        ? response.body()
        : Future.failedFuture("status " + response.statusCode());
  }

  private Void learn(Buffer body) {
    if (body.length() > MOST_BYTES) {
      throw new IllegalArgumentException("a key set of " + body.length() + " bytes");
    }
    JsonArray keys = new JsonObject(body).getJsonArray("keys");
    List<JsonObject> latest = new ArrayList<>();
    ids.clear();
    for (int i = 0; i < keys.size(); i++) {
      JsonObject key = keys.getJsonObject(i);
      if ("sig".equals(key.getString("use", "sig")) && !"oct".equals(key.getString("kty"))) {
        latest.add(key);
        ids.add(key.getString("kid", ""));
      }
    }
    taker.accept(latest);
    return null;
  }
}
