package dev.sluice.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the requests to one provider. Safe for all event loops at once. */
public final class UpstreamMeters {
  private final LongAdder attempts = new LongAdder();
  private final LongAdder waiting = new LongAdder();

  UpstreamMeters(MeterRegistry registry, String provider) {
    FunctionCounter.builder("sluice.upstream.attempts", attempts, LongAdder::sum)
        .description("Requests to a provider, those that are made again included")
        .tag("provider", provider)
        .register(registry);
    Gauge.builder("sluice.upstream.waiting", waiting, LongAdder::sum)
        .description("Requests that wait for a connection to a provider")
        .tag("provider", provider)
        .register(registry);
  }

  /** A request is made, and waits for a connection. */
  public void began() {
    attempts.increment();
    waiting.increment();
  }

  /** It has a connection, or will not get one. */
  public void waited() {
    waiting.decrement();
  }
}
