package dev.sluice.provider.demo;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Outbox;
import dev.sluice.bus.OutgoingAnswer;
import dev.sluice.bus.Patience;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.DemoConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** The demo provider on one event loop. */
public final class DemoVerticle extends VerticleBase {
  private final DemoConfig config;
  private final int loop;
  private final Patience patience;
  private @Nullable Outbox outbox;

  public DemoVerticle(DemoConfig config, int loop, Patience patience) {
    this.config = config;
    this.loop = loop;
    this.patience = patience;
  }

  @Override
  public Future<?> start() {
    String address = Addresses.provider(DemoModel.PROVIDER, loop);
    outbox = new Outbox(vertx, address, patience, this::answer);
    return outbox.ready();
  }

  @Override
  public Future<?> stop() {
    return outbox == null ? Future.succeededFuture() : outbox.close(Failure.SHUTTING_DOWN);
  }

  private void answer(ChatRequest request, OutgoingAnswer answer) {
    try {
      DemoModel model = DemoModel.named(request.model(), config);
      new DemoAnswer(vertx, model, request, answer).start();
    } catch (IllegalArgumentException e) {
      answer.fail(Failure.at("model", Fault.UNKNOWN_MODEL, String.valueOf(e.getMessage())));
    }
  }
}
