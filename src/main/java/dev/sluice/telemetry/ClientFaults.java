package dev.sluice.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of clients, such as requests that are no HTTP: one counter for each kind, and one line at
 * debug for each fault. A client can cause nothing louder.
 */
public final class ClientFaults {
  private static final Logger log = LoggerFactory.getLogger(ClientFaults.class);

  /** Kinds of faults; the counter's label is the name in lower case. */
  public enum Kind {
    /** Bytes that are no HTTP, or framing that is ambiguous. */
    MALFORMED,
    /** A request target or headers beyond their bounds. */
    TOO_LARGE,
    /** A host name that the gateway does not have. */
    FOREIGN_HOST,
    /** A web page of another origin. */
    FOREIGN_ORIGIN,
    /** A head that does not arrive in time. */
    SLOW_HEAD,
    /** A body that does not arrive in time. */
    SLOW_BODY,
    /** Bodies beyond the memory that is set aside for them. */
    BODY_BUDGET,
    /** HTTP/2 frames that carry no request. */
    FRAMES,
    /** A connection that broke. */
    CONNECTION
  }

  private final MeterRegistry registry;

  ClientFaults(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts a fault.
   *
   * @param detail a word of the gateway's own for the debug line, nothing that the client sent
   */
  public void seen(Kind kind, String detail) {
    Counter.builder("sluice.client.faults")
        .description("Faults of clients, by kind")
        .tags("kind", kind.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
    log.debug("Client fault {}: {}", kind, detail);
  }
}
