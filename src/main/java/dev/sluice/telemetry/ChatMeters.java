package dev.sluice.telemetry;

import dev.sluice.chat.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What is counted and timed of chats, in numbers that Prometheus reads. Names are those of
 * OpenTelemetry's conventions for generative AI (v1.41) where it has some. Labels have few values:
 * providers are those of the settings, and models beyond the first {@value #MODELS} are one.
 *
 * <p>Safe for all event loops at once.
 */
public final class ChatMeters {
  private static final int MODELS = 100;
  private static final String OTHER = "other";
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Set<String> models = ConcurrentHashMap.newKeySet();
  private final LongAdder open = new LongAdder();

  public ChatMeters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("sluice.chats.open", open, LongAdder::sum)
        .description("Chats that are under way")
        .register(registry);
  }

  /** All of it in Prometheus' text format, version 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }

  void began() {
    open.increment();
  }

  /**
   * A chat is over.
   *
   * @param end {@code done}, {@code cancelled} or the code of a failure
   * @param firstNanos until its first content; 0 if there was none
   */
  void ended(
      String provider, String asked, String end, Usage usage, long firstNanos, long allNanos) {
    open.decrement();
    String model = bounded(asked);
    Counter.builder("sluice.chats")
        .description("Chats that are over, by how they ended")
        .tags("provider", provider, "end", end)
        .register(registry)
        .increment();
    timer("gen_ai.client.operation.duration", "How long a chat took", provider, model, registry)
        .record(allNanos, TimeUnit.NANOSECONDS);
    if (firstNanos > 0) {
      timer(
              "gen_ai.client.operation.time_to_first_chunk",
              "How long a chat waited for its first content",
              provider,
              model,
              registry)
          .record(firstNanos, TimeUnit.NANOSECONDS);
      tokens(provider, model, "input").record((double) usage.input());
      tokens(provider, model, "output").record((double) usage.output());
    }
  }

  /** What the limiter said to a chat: {@code admitted} or {@code refused}. */
  public void decided(String decision) {
    Counter.builder("sluice.limiter.decisions")
        .description("What the limiter said to those who asked")
        .tags("decision", decision)
        .register(registry)
        .increment();
  }

  private static Timer timer(
      String name, String description, String provider, String model, MeterRegistry registry) {
    return Timer.builder(name)
        .description(description)
        .tags("gen_ai.provider.name", provider, "gen_ai.request.model", model)
        .serviceLevelObjectives(buckets())
        .register(registry);
  }

  private DistributionSummary tokens(String provider, String model, String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens of a chat")
        .tags(
            "gen_ai.provider.name",
            provider,
            "gen_ai.request.model",
            model,
            "gen_ai.token.type",
            type)
        .register(registry);
  }

  /** Each twice the one before, as the conventions have it. */
  private static Duration[] buckets() {
    return Stream.iterate(
            SHORTEST, next -> next.compareTo(LONGEST) < 0, next -> next.multipliedBy(2))
        .toArray(Duration[]::new);
  }

  /** What a demo model's name says of its pace makes no other model of it. */
  private String bounded(String asked) {
    String model = asked.contains("?") ? asked.substring(0, asked.indexOf('?')) : asked;
    if (models.contains(model)) {
      return model;
    }
    return models.size() < MODELS && models.add(model) ? model : OTHER;
  }
}
