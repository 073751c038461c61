package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Patience;
import dev.sluice.bus.RecordCodec;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.ProviderConfig;
import dev.sluice.provider.ProviderVerticle;
import dev.sluice.provider.Providers;
import dev.sluice.telemetry.ChatMeters;
import dev.sluice.telemetry.GenAiNames;
import dev.sluice.upstream.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The provider instances of one event loop follow the latest state. */
class LoopProvidersTest {
  private static final int LOOP = 0;
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final ChatMeters meters = new ChatMeters(GenAiNames.LATEST);

  LoopProvidersTest() {
    RecordCodec.register(vertx);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private static ProviderConfig provider(String name) {
    String yaml = "providers: {%s: {kind: ollama, base_url: 'http://127.0.0.1:1/v1'}}";
    Config config = ConfigReader.read("test.yaml", yaml.formatted(name), Map.of());
    return config.provider(name).orElseThrow();
  }

  private ProviderVerticle instance(ProviderConfig provider) {
    return new ProviderVerticle(provider, LOOP, PATIENCE, meters);
  }

  private LoopProviders follow(
      Function<ProviderConfig, ProviderVerticle> factory, ProviderConfig... all) {
    var providers = new LoopProviders(context, factory, Duration.ofMillis(1));
    follow(providers, all);
    return providers;
  }

  private void follow(LoopProviders providers, ProviderConfig... all) {
    context.runOnContext(started -> providers.follow(new Providers(List.of(all))));
  }

  /** Whether an instance listens at the provider's address on this loop. */
  private boolean listens(String name) {
    try {
      vertx
          .eventBus()
          .request(
              Addresses.provider(name, LOOP),
              new Nothing(),
              new DeliveryOptions().setSendTimeout(50))
          .toCompletionStage()
          .toCompletableFuture()
          .get();
      return true;
    } catch (ExecutionException e) {
      return ((ReplyException) e.getCause()).failureType() != ReplyFailure.NO_HANDLERS;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A message that no provider answers. */
  private record Nothing() {}

  @Test
  void providersThatAreAddedLaterStartBesideTheOthers() {
    var providers = follow(this::instance, provider("a"));
    Waiting.until("the first listens", () -> listens("a"));
    assertThat(listens("b")).isFalse();
    follow(providers, provider("a"), provider("b"));
    Waiting.until("the second listens", () -> listens("b"));
    assertThat(listens("a")).isTrue();
  }

  @Test
  void instanceThatFailsToStartIsTriedAgain() {
    AtomicInteger attempts = new AtomicInteger();
    var providers =
        follow(
            provider -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("the trust store cannot be read");
              }
              return instance(provider);
            },
            provider("a"));
    Waiting.until(
        "it listens",
        () -> {
          context.runOnContext(later -> providers.reconcile());
          return listens("a");
        });
    assertThat(attempts).hasValue(3);
  }

  @Test
  void instanceOfARemovedProviderStopsAfterItsGrace() {
    var providers = follow(this::instance, provider("a"), provider("b"));
    Waiting.until("both listen", () -> listens("a") && listens("b"));
    follow(providers, provider("b"));
    Waiting.until(
        "the removed one is gone",
        () -> {
          context.runOnContext(later -> providers.reconcile());
          return !listens("a");
        });
    assertThat(listens("b")).isTrue();
  }

  @Test
  void instancesOfAllProvidersStopTogether() {
    var providers = follow(this::instance, provider("a"), provider("b"));
    Waiting.until("both listen", () -> listens("a") && listens("b"));
    context.runOnContext(stopping -> providers.stop());
    Waiting.until("neither listens", () -> !listens("a") && !listens("b"));
  }
}
