package dev.sluice.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Numbers about the connections of clients. */
public final class ConnectionMeters {
  private final MeterRegistry registry;

  ConnectionMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how many connections are open, and how many may be. */
  public void watch(Supplier<Number> open, Supplier<Number> limit) {
    Gauge.builder("sluice.connections.open", open)
        .description("Connections of clients that are open")
        .register(registry);
    Gauge.builder("sluice.connections.limit", limit)
        .description("Connections of clients that may be open")
        .register(registry);
  }

  /**
   * A new connection met a limit.
   *
   * @param outcome {@code made_room}, {@code surplus}, {@code refused_total} or {@code
   *     refused_address}
   */
  public void met(String outcome) {
    Counter.builder("sluice.connections.limited")
        .description("New connections that met a limit, by what became of them")
        .tags("outcome", outcome)
        .register(registry)
        .increment();
  }
}
