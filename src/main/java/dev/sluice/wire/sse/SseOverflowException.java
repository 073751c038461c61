package dev.sluice.wire.sse;

/** A line or an event of a stream is longer than the parser may hold. */
public final class SseOverflowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SseOverflowException(int cap) {
    super("A line or an event is longer than " + cap + " bytes.");
  }
}
