package dev.sluice.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What is counted and timed of chats, in numbers that Prometheus reads. Names are those of
 * OpenTelemetry's conventions for generative AI where it has some. Labels have few values:
 * providers are those of the settings, and models beyond the first {@value #MODELS} are one.
 *
 * <p>Safe for all event loops at once.
 */
public final class ChatMeters {
  private static final int MODELS = 100;
  private static final String OTHER = "other";
  private static final String PROVIDER = "gen_ai.provider.name";
  private static final String MODEL = "gen_ai.request.model";

  private static final Duration[] DURATIONS =
      doubling(Duration.ofMillis(10), Duration.ofMinutes(10));
  private static final Duration[] PACES = doubling(Duration.ofMillis(1), Duration.ofSeconds(5));
  private static final Duration[] OVERHEADS =
      doubling(Duration.ofNanos(50_000), Duration.ofSeconds(2));

  /** Powers of 4, as the conventions have it. */
  private static final double[] TOKENS =
      DoubleStream.iterate(1, next -> next < 1e8, next -> 4 * next).toArray();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Set<String> models = ConcurrentHashMap.newKeySet();
  private final LongAdder open = new LongAdder();
  private final Map<String, LongAdder> waiting = new ConcurrentHashMap<>();
  private final Map<Integer, LoopDelay> delays = new ConcurrentHashMap<>();
  private final GenAiNames names;
  private final Timer overhead;

  public ChatMeters(GenAiNames names) {
    this.names = names;
    overhead =
        timer(
            "sluice.gateway.overhead",
            "What the gateway took until a question was on its way",
            Tags.empty(),
            OVERHEADS);
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

  /** What the gateway itself took until a chat's question was on its way. */
  void asked(long gatewayNanos) {
    overhead.record(gatewayNanos, TimeUnit.NANOSECONDS);
  }

  /** A chat is over. */
  void ended(ChatEnd end) {
    open.decrement();
    String model = bounded(end.asked());
    Counter.builder("sluice.chats")
        .description("Chats that are over, by how they ended")
        .tags("provider", end.provider(), "end", end.how())
        .register(registry)
        .increment();
    Tags tags = Tags.of(PROVIDER, end.provider(), MODEL, model);
    timer(names.duration(), "How long a chat took", tags, DURATIONS)
        .record(end.allNanos(), TimeUnit.NANOSECONDS);
    if (end.firstNanos() > 0) {
      timer(names.firstChunk(), "How long a chat waited for its first content", tags, DURATIONS)
          .record(end.firstNanos(), TimeUnit.NANOSECONDS);
      long tokens = end.usage().output();
      if (tokens > 1) {
        timer(
                "gen_ai.server.time_per_output_token",
                "How long a token took, after the first",
                tags,
                PACES)
            .record((end.allNanos() - end.firstNanos()) / (tokens - 1), TimeUnit.NANOSECONDS);
      }
      tokens(tags, "input", end.usage().input());
      tokens(tags, "output", tokens);
    }
    if (end.cost() > 0) {
      Counter.builder("sluice.cost.dollars")
          .description("What chats cost, by the prices of the settings")
          .tags(tags)
          .register(registry)
          .increment((double) end.cost() / 1_000_000);
    }
  }

  private void tokens(Tags tags, String type, long count) {
    Tags typed = tags;
    if (names == GenAiNames.V1_41) {
      typed = tags.and("gen_ai.token.type", type);
    } else {
      Counter.builder(names.usage(type))
          .description("Tokens of all chats")
          .tags(tags)
          .register(registry)
          .increment((double) count);
    }
    DistributionSummary.builder(names.tokens(type))
        .description("Tokens of a chat")
        .tags(typed)
        .serviceLevelObjectives(TOKENS)
        .register(registry)
        .record((double) count);
  }

  /** Requests that wait for a connection to a provider. */
  public LongAdder waitingFor(String provider) {
    return waiting.computeIfAbsent(
        provider,
        name -> {
          LongAdder count = new LongAdder();
          Gauge.builder("sluice.upstream.waiting", count, LongAdder::sum)
              .description("Requests that wait for a connection to a provider")
              .tag("provider", name)
              .register(registry);
          return count;
        });
  }

  /** How late an event loop is, which the loop itself tells. */
  public LoopDelay delayOf(int loop) {
    LoopDelay delay = new LoopDelay();
    Gauge.builder("sluice.event_loop.delay", delay, LoopDelay::seconds)
        .description("The longest delay of an event loop in the last ten to twenty seconds")
        .baseUnit("seconds")
        .tag("loop", Integer.toString(loop))
        .register(registry);
    delays.put(loop, delay);
    return delay;
  }

  /** How late each event loop is, in seconds. */
  public Map<Integer, Double> delays() {
    Map<Integer, Double> seconds = new TreeMap<>();
    delays.forEach((loop, delay) -> seconds.put(loop, delay.seconds()));
    return seconds;
  }

  /** Something else that goes up and down. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /** What the limiter said to a chat: {@code admitted} or {@code refused}. */
  public void decided(String decision) {
    Counter.builder("sluice.limiter.decisions")
        .description("What the limiter said to those who asked")
        .tags("decision", decision)
        .register(registry)
        .increment();
  }

  private Timer timer(String name, String description, Tags tags, Duration[] buckets) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  /** Each twice the one before, as the conventions have it. */
  private static Duration[] doubling(Duration shortest, Duration longest) {
    return Stream.iterate(
            shortest, next -> next.compareTo(longest) < 0, next -> next.multipliedBy(2))
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
