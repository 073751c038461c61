package dev.sluice.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is counted and timed of the chats with one model. */
final class ModelMeters {
  /** Powers of 4, as the conventions have it. */
  private static final double[] TOKENS =
      DoubleStream.iterate(1, next -> next < 1e8, next -> 4 * next).toArray();

  private final Timer duration;
  private final Timer firstChunk;
  private final Timer perToken;
  private final Tokens input;
  private final Tokens output;
  private final Counter cost;

  /**
   * Tokens of one kind.
   *
   * @param all null where the names have no such counter
   */
  private record Tokens(DistributionSummary ofChat, @Nullable Counter all) {
    void record(long count) {
      ofChat.record((double) count);
      if (all != null) {
        all.increment((double) count);
      }
    }
  }

  ModelMeters(MeterRegistry registry, GenAiNames names, String provider, String model) {
    Tags tags = Tags.of("gen_ai.provider.name", provider, "gen_ai.request.model", model);
    Duration shortest = Duration.ofMillis(10);
    Duration longest = Duration.ofMinutes(10);
    duration = timer(registry, names.duration(), "How long a chat took", tags, shortest, longest);
    firstChunk =
        timer(
            registry,
            names.firstChunk(),
            "How long a chat waited for its first content",
            tags,
            shortest,
            longest);
    perToken =
        timer(
            registry,
            "gen_ai.server.time_per_output_token",
            "How long a token took, after the first",
            tags,
            Duration.ofMillis(1),
            Duration.ofSeconds(5));
    input = tokens(registry, names, tags, "input");
    output = tokens(registry, names, tags, "output");
    cost =
        Counter.builder("sluice.cost.dollars")
            .description("What chats cost, by the prices of the settings")
            .tags(tags)
            .register(registry);
  }

  void record(ChatEnd end) {
    duration.record(end.allNanos(), TimeUnit.NANOSECONDS);
    if (end.firstNanos() > 0) {
      firstChunk.record(end.firstNanos(), TimeUnit.NANOSECONDS);
      long tokens = end.usage().output();
      if (tokens > 1) {
        long nanos = (end.allNanos() - end.firstNanos()) / (tokens - 1);
        perToken.record(nanos, TimeUnit.NANOSECONDS);
      }
      input.record(end.usage().input());
      output.record(tokens);
    }
    cost.increment((double) end.cost() / 1_000_000);
  }

  private static Tokens tokens(MeterRegistry registry, GenAiNames names, Tags tags, String type) {
    boolean typed = names == GenAiNames.V1_41;
    DistributionSummary ofChat =
        DistributionSummary.builder(names.tokens(type))
            .description("Tokens of a chat")
            .tags(typed ? tags.and("gen_ai.token.type", type) : tags)
            .serviceLevelObjectives(TOKENS)
            .register(registry);
    Counter all =
        typed
            ? null
            : Counter.builder(names.usage(type))
                .description("Tokens of all chats")
                .tags(tags)
                .register(registry);
    return new Tokens(ofChat, all);
  }

  /** Buckets are each twice the one before, as the conventions have it. */
  static Timer timer(
      MeterRegistry registry,
      String name,
      String description,
      Tags tags,
      Duration shortest,
      Duration longest) {
    Duration[] buckets =
        Stream.iterate(shortest, b -> b.compareTo(longest) < 0, b -> b.multipliedBy(2))
            .toArray(Duration[]::new);
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }
}
