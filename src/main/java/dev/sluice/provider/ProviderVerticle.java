package dev.sluice.provider;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Outbox;
import dev.sluice.bus.OutgoingAnswer;
import dev.sluice.bus.Patience;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.ProviderConfig;
import dev.sluice.telemetry.ChatMeters;
import dev.sluice.telemetry.UpstreamMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * One provider on one event loop: takes questions from the bus and fetches their answers from the
 * upstream. Each instance has connections of its own, so that no byte changes threads.
 */
public final class ProviderVerticle extends VerticleBase {
  private ProviderConfig config;
  private final int loop;
  private final Patience patience;
  private final UpstreamMeters meters;
  private @Nullable Upstream upstream;
  private @Nullable Outbox outbox;

  /**
   * @param loop the number of the event loop that this instance is deployed on
   */
  public ProviderVerticle(ProviderConfig config, int loop, Patience patience, ChatMeters meters) {
    this.meters = meters.upstream(config.name());
    this.config = config;
    this.loop = loop;
    this.patience = patience;
  }

  @Override
  public Future<?> start() {
    upstream = new Upstream(vertx, config, meters);
    outbox = new Outbox(vertx, Addresses.provider(config.name(), loop), patience, this::answer);
    return outbox.ready();
  }

  /**
   * Sends later requests as the latest settings say. Answers under way go on as they began. If the
   * settings cannot be used, this throws and nothing changes.
   */
  public void change(ProviderConfig latest) {
    Upstream before = upstream;
    upstream = new Upstream(vertx, latest, meters);
    config = latest;
    if (before != null) {
      before.retire();
    }
  }

  /** Whether no answer is under way. */
  public boolean isIdle() {
    return outbox == null || outbox.size() == 0;
  }

  /** Whether these are the settings that it runs by. */
  public boolean runsBy(ProviderConfig settings) {
    return config.equals(settings);
  }

  @Override
  public Future<?> stop() {
    Future<Void> closed =
        outbox == null ? Future.succeededFuture() : outbox.close(Failure.SHUTTING_DOWN);
    return closed.eventually(() -> upstream == null ? Future.succeededFuture() : upstream.close());
  }

  private void answer(ChatRequest request, OutgoingAnswer answer) {
    if (config.usable() && upstream != null) {
      new UpstreamCall(vertx, upstream, config.timeouts(), request, answer).start();
    } else {
      answer.fail(Failure.of(Fault.MISSING_KEY, missingKey()));
    }
  }

  private String missingKey() {
    String variable = config.kind().keyVariable();
    String remedy = variable == null ? "" : " Set " + variable + " or choose another provider.";
    return "The provider " + config.name() + " has no API key." + remedy;
  }
}
