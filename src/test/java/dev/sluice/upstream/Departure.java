package dev.sluice.upstream;

/**
 * How and when a connection ended.
 *
 * @param atNanos as {@link System#nanoTime}
 */
public record Departure(Kind kind, long atNanos) {
  /** Who ended it, and how. */
  public enum Kind {
    /** The peer sent FIN. */
    FIN,
    /** The peer sent RST. */
    RESET,
    /**
     * The peer left before the TLS handshake was done: it refused our certificate, or spoke no TLS.
     */
    TLS_REFUSED,
    /** This end closed or reset it. */
    BY_US
  }

  static Departure now(Kind kind) {
    return new Departure(kind, System.nanoTime());
  }
}
