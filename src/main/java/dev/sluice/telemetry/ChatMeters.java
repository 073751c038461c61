package dev.sluice.telemetry;

import io.micrometer.core.instrument.Counter;
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
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

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

  /** A provider, and a model or an end. What it names is made once, and then only counted. */
  private record Pair(String provider, String other) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Map<Pair, ModelMeters> models = new ConcurrentHashMap<>();
  private final Map<Pair, Counter> ends = new ConcurrentHashMap<>();
  private final LongAdder open = new LongAdder();
  private final Map<String, UpstreamMeters> upstreams = new ConcurrentHashMap<>();
  private final Map<String, ReloadStatus> reloads = new ConcurrentSkipListMap<>();
  private final Map<Integer, LoopDelay> delays = new ConcurrentHashMap<>();
  private final GenAiNames names;
  private final Timer overhead;
  private final Counter admitted;
  private final Counter refused;
  private final Counter wrongKeys;
  private final Counter limitedKeys;
  private final ClientFaults faults = new ClientFaults(registry);
  private final ConnectionMeters connections = new ConnectionMeters(registry);

  public ChatMeters(GenAiNames names) {
    this.names = names;
    overhead =
        ModelMeters.timer(
            registry,
            "sluice.gateway.overhead",
            "What the gateway took until a question was on its way",
            Tags.empty(),
            Duration.ofNanos(50_000),
            Duration.ofSeconds(2));
    String said = "What the limiter said to those who asked";
    admitted = counter("sluice.limiter.decisions", said, "decision", "admitted");
    refused = counter("sluice.limiter.decisions", said, "decision", "refused");
    String keys = "Keys and tokens that were refused";
    wrongKeys = counter("sluice.keys.refused", keys, "reason", "wrong");
    limitedKeys = counter("sluice.keys.refused", keys, "reason", "limited");
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

  public ClientFaults faults() {
    return faults;
  }

  public ConnectionMeters connections() {
    return connections;
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
    ends.computeIfAbsent(new Pair(end.provider(), end.how()), this::ends).increment();
    models.computeIfAbsent(new Pair(end.provider(), bounded(end.asked())), this::model).record(end);
  }

  private Counter ends(Pair pair) {
    return Counter.builder("sluice.chats")
        .description("Chats that are over, by how they ended")
        .tags("provider", pair.provider(), "end", pair.other())
        .register(registry);
  }

  private ModelMeters model(Pair pair) {
    return new ModelMeters(registry, names, pair.provider(), pair.other());
  }

  /** What is counted of the requests to a provider. */
  public UpstreamMeters upstream(String provider) {
    return upstreams.computeIfAbsent(provider, name -> new UpstreamMeters(registry, name));
  }

  /**
   * The outcome of the reloads of one thing.
   *
   * @param what such as {@code settings}
   */
  public ReloadStatus reload(String what) {
    return reloads.computeIfAbsent(what, name -> new ReloadStatus(registry, name));
  }

  /** The outcome of all reloads, by what is reloaded. */
  public Map<String, ReloadStatus> reloads() {
    return Collections.unmodifiableMap(reloads);
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

  /** What the limiter said to a chat. */
  public void decided(boolean admits) {
    (admits ? admitted : refused).increment();
  }

  /**
   * A key or a token was refused.
   *
   * @param limited whether it was not even looked at, since too many wrong ones came from its
   *     address
   */
  public void keyRefused(boolean limited) {
    (limited ? limitedKeys : wrongKeys).increment();
  }

  private Counter counter(String name, String description, String tag, String value) {
    return Counter.builder(name).description(description).tags(tag, value).register(registry);
  }

  /** What a demo model's name says of its pace makes no other model of it. */
  private String bounded(String asked) {
    String model = asked.contains("?") ? asked.substring(0, asked.indexOf('?')) : asked;
    if (known.contains(model)) {
      return model;
    }
    return known.size() < MODELS && known.add(model) ? model : OTHER;
  }
}
