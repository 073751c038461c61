package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.telemetry.ClientFaults;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads the JSON bodies of requests. {@link #check} refuses by the head alone; {@link #read} bounds
 * size, memory and time. Both fail with a {@link GatewayException}.
 */
final class RequestBody {
  private static final int SMALL = 16 * 1024;

  private final Vertx vertx;
  private final int limit;
  private final Duration grace;
  private final BodyBudget budget;
  private final ClientFaults faults;
  private final Set<Promise<byte[]>> pending = new HashSet<>();

  /**
   * @param limit bytes of the longest body
   * @param grace how long a body may stall
   */
  RequestBody(Vertx vertx, int limit, Duration grace, BodyBudget budget, ClientFaults faults) {
    this.vertx = vertx;
    this.limit = limit;
    this.grace = grace;
    this.budget = budget;
    this.faults = faults;
  }

  /**
   * Checks what the head says of the body: type, coding and length.
   *
   * @throws GatewayException if the body will not do
   */
  void check(HttpServerRequest request) {
    String type = header(request, "content-type");
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      throw refused("Content-Type must be application/json.");
    }
    String coding = header(request, "content-encoding");
    if (!coding.isEmpty() && !coding.equals("identity")) {
      throw refused("The request body must come without a Content-Encoding.");
    }
    String length = header(request, "content-length");
    if (length.length() > 18 || announced(length) > limit) {
      throw IncomingBody.tooLarge(limit);
    }
  }

  /**
   * Reads the body of a request that {@link #check} has passed. The memory that it takes is held
   * until the response is over.
   *
   * @param caller whose share of the budget it takes
   */
  Future<byte[]> read(Exchange exchange, String caller) {
    HttpServerRequest request = exchange.request();
    BodyBudget.Lease lease = budget.open(caller);
    exchange.onOver(lease::close);
    if (header(request, "expect").equals("100-continue")) {
      request.response().writeContinue();
    }
    Promise<byte[]> whole = Promise.promise();
    IncomingBody body =
        new IncomingBody(limit, grace, announced(header(request, "content-length")), lease);
    pending.add(whole);
    request.handler(
        chunk -> {
          if (!whole.future().isComplete()) {
            try {
              body.take(chunk);
            } catch (GatewayException refused) {
              whole.tryFail(refused);
            }
          }
        });
    request.endHandler(end -> whole.tryComplete(body.whole()));
    request.exceptionHandler(cause -> whole.tryFail(broken()));
    if (!lease.begin()) {
      // A body that arrives together with its head is never under way.
      vertx.runOnContext(next -> whole.tryFail(IncomingBody.noRoom()));
    }
    Clock clock = new Clock(body, whole);
    clock.arm();
    return whole
        .future()
        .onComplete(
            any -> {
              pending.remove(whole);
              clock.stop();
              lease.arrived();
            })
        .onSuccess(any -> exchange.accept())
        .onFailure(cause -> count(GatewayException.failureOf(cause).fault()));
  }

  /** Fails every body that is still under way. */
  void abort(Failure failure) {
    List.copyOf(pending).forEach(body -> body.tryFail(new GatewayException(failure)));
  }

  private void count(Fault fault) {
    if (fault == Fault.OVERLOADED) {
      faults.seen(ClientFaults.Kind.BODY_BUDGET, "no memory for another request body");
    } else if (fault == Fault.REQUEST_TIMEOUT) {
      faults.seen(ClientFaults.Kind.SLOW_BODY, "a request body did not arrive in time");
    }
  }

  /** Gives a body up that is late. One timer, which on waking looks and sleeps on. */
  private final class Clock {
    private final IncomingBody body;
    private final Promise<byte[]> whole;
    private long timer;

    Clock(IncomingBody body, Promise<byte[]> whole) {
      this.body = body;
      this.whole = whole;
    }

    void arm() {
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(body.left()) + 1);
      timer = vertx.setTimer(millis, id -> look());
    }

    private void look() {
      if (body.left() > 0) {
        arm();
      } else {
        whole.tryFail(tooSlow());
      }
    }

    void stop() {
      vertx.cancelTimer(timer);
    }
  }

  /** Whether the head announces a body that one packet or two carry. */
  static boolean isSmall(HttpServerRequest request) {
    String length = header(request, "content-length");
    return !length.isEmpty() && announced(length) <= SMALL;
  }

  private static long announced(String length) {
    return length.isEmpty() ? 0 : Long.parseLong(length);
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }

  private static GatewayException refused(String message) {
    return new GatewayException(Failure.of(Fault.UNSUPPORTED_MEDIA_TYPE, message));
  }

  private static GatewayException tooSlow() {
    return new GatewayException(
        Failure.of(Fault.REQUEST_TIMEOUT, "The request body did not arrive in time."));
  }

  /** The connection broke, or the framing of the body. */
  static GatewayException broken() {
    return new GatewayException(
        Failure.of(Fault.INVALID_REQUEST, "The request body did not arrive whole."));
  }
}
