package dev.sluice.bus;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** A {@link Failure} as an exception, which also crosses the bus as the failure of a request. */
public final class GatewayException extends ReplyException {
  private static final long serialVersionUID = 1;
  private final transient Failure failure;

  public GatewayException(Failure failure) {
    super(ReplyFailure.RECIPIENT_FAILURE, failure.fault().status(), failure.message());
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /**
   * What {@code cause} means to whoever asked over the bus: its own failure if it has one, {@link
   * Fault#PROVIDER_UNAVAILABLE} if nobody answered, else {@link Fault#INTERNAL}.
   */
  public static Failure failureOf(Throwable cause) {
    if (cause instanceof GatewayException gateway) {
      return gateway.failure();
    }
    if (cause instanceof ReplyException reply
        && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      return Failure.of(Fault.PROVIDER_UNAVAILABLE, "The provider is not available at the moment.");
    }
    return Failure.INTERNAL;
  }
}
