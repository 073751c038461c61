package dev.sluice.http;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * The bytes of one body as they arrive, within three bounds: its size, the budget of all bodies,
 * and time.
 *
 * <p>Time is bounded twice. Every KiB buys a second, up to the grace, so that a body that falls
 * below 1 KiB/s for so long is given up, and one that stalls is after the grace. The whole body has
 * the grace and a second for each 16 KiB that it announces or brings.
 */
final class IncomingBody {
  private static final long RETRY_SECONDS = 2;
  private static final int FIRST_SIZE = 4 * 1024;
  private static final long LEAST_BYTES_PER_SECOND = 1024;
  private static final long BYTES_PER_SECOND = 16 * 1024;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final int limit;
  private final long grace;
  private final long announced;
  private final BodyBudget.Lease lease;
  private final long start = System.nanoTime();
  private long paidUntil;
  private byte[] bytes = new byte[0];
  private int length;

  /**
   * @param announced the declared length; 0 if there is none
   */
  IncomingBody(int limit, Duration grace, long announced, BodyBudget.Lease lease) {
    this.limit = limit;
    this.grace = grace.toNanos();
    this.announced = announced;
    this.lease = lease;
    this.paidUntil = start + this.grace;
  }

  /**
   * Takes the next bytes.
   *
   * @throws GatewayException if they are too many, for a body or for all of them together
   */
  void take(Buffer chunk) {
    int more = chunk.length();
    if (length + more > limit) {
      throw tooLarge(limit);
    }
    ensure(length + more);
    chunk.getBytes(bytes, length);
    length += more;
    long now = System.nanoTime();
    paidUntil = Math.min(now + grace, paidUntil + more * SECOND / LEAST_BYTES_PER_SECOND);
  }

  private void ensure(int needed) {
    if (needed <= bytes.length) {
      return;
    }
    long doubled = Math.max(FIRST_SIZE, 2L * bytes.length);
    int size = (int) Math.max(needed, Math.min(doubled, announced > 0 ? announced : limit));
    if (!lease.grow(size - bytes.length)) {
      throw noRoom();
    }
    bytes = Arrays.copyOf(bytes, size);
  }

  /** The time that is left, in nanoseconds; 0 or less when the body is late. */
  long left() {
    long whole = start + grace + Math.max(announced, length) * SECOND / BYTES_PER_SECOND;
    return Math.min(paidUntil, whole) - System.nanoTime();
  }

  byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  static GatewayException tooLarge(int limit) {
    return new GatewayException(
        Failure.of(
            Fault.BODY_TOO_LARGE, "The request body must be at most " + limit + " bytes long."));
  }

  static GatewayException noRoom() {
    return new GatewayException(
        Failure.of(
                Fault.OVERLOADED,
                "The gateway has no memory for another request body. Try again in "
                    + RETRY_SECONDS
                    + " s.")
            .retryAfter(RETRY_SECONDS));
  }
}
