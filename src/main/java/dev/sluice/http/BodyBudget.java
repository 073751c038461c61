package dev.sluice.http;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the request bodies of one event loop together: the memory they hold until their responses
 * are over, and how many are under way at once. One caller gets half of either, and the last
 * quarter of the memory is for small bodies, so that large ones never keep out a question.
 */
final class BodyBudget {
  /** A body of so many bytes counts as small. */
  private static final int SMALL = 16 * 1024;

  private static final int LEAST_BODIES = 64;
  private static final int MOST_BODIES = 4_096;

  private final long bytes;
  private final int bodies;
  private final Map<String, Share> shares = new HashMap<>();
  private final Share all = new Share();

  /** How much of the budget is in use. */
  private static final class Share {
    private long bytes;
    private int bodies;

    private boolean isEmpty() {
      return bytes == 0 && bodies == 0;
    }
  }

  /**
   * @param bytes for all bodies together
   */
  BodyBudget(long bytes) {
    this.bytes = bytes;
    this.bodies = (int) Math.max(LEAST_BODIES, Math.min(MOST_BODIES, bytes / SMALL));
  }

  /** The part of one event loop: an eighth of the heap over all loops, unless a setting says so. */
  static BodyBudget ofLoop(long configured, int loops) {
    long total = configured > 0 ? configured : Runtime.getRuntime().maxMemory() / 8;
    return new BodyBudget(Math.max(1, total / loops));
  }

  /** Opens the account of one body, which {@code caller} sends. */
  Lease open(String caller) {
    return new Lease(caller);
  }

  /** The part of one body. */
  final class Lease {
    private final String caller;
    private final Share share;
    private long held;
    private boolean underWay;
    private boolean closed;

    private Lease(String caller) {
      this.caller = caller;
      this.share = shares.computeIfAbsent(caller, first -> new Share());
    }

    /** Whether the body may be under way from now on, until {@link #arrived}. */
    boolean begin() {
      if (all.bodies >= bodies || share.bodies >= Math.max(1, bodies / 2)) {
        return false;
      }
      underWay = true;
      all.bodies++;
      share.bodies++;
      return true;
    }

    /** The body is no longer under way; its memory stays held. */
    void arrived() {
      if (underWay) {
        underWay = false;
        all.bodies--;
        share.bodies--;
      }
    }

    /** Whether the body may take {@code more} bytes; if so, they are held. */
    boolean grow(int more) {
      long room = held + more <= SMALL ? bytes : bytes - bytes / 4;
      if (closed || all.bytes + more > room || share.bytes + more > Math.max(SMALL, bytes / 2)) {
        return false;
      }
      held += more;
      all.bytes += more;
      share.bytes += more;
      return true;
    }

    /** Gives everything back. */
    void close() {
      if (closed) {
        return;
      }
      arrived();
      closed = true;
      all.bytes -= held;
      share.bytes -= held;
      held = 0;
      if (share.isEmpty()) {
        shares.remove(caller, share);
      }
    }
  }
}
