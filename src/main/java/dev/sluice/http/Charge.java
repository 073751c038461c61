package dev.sluice.http;

import dev.sluice.bus.Permits;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Permit;
import dev.sluice.chat.Price;
import dev.sluice.chat.Ticket;
import dev.sluice.chat.Usage;
import dev.sluice.http.identity.Caller;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** What one chat is charged when it is over: nothing if no model worked for it, else the truth. */
final class Charge {
  private final Vertx vertx;
  private final Price price;
  private final Caller caller;
  private @Nullable Ticket ticket;

  Charge(Vertx vertx, Permit permit, Price price, Caller caller) {
    this.caller = caller;
    this.vertx = vertx;
    this.price = price;
    this.ticket = permit.ticket();
  }

  /** There was no answer. */
  void refused(Failure failure, Usage usage) {
    if (failure.fault().charged()) {
      ended(usage);
    } else {
      refund();
    }
  }

  /** Nobody was asked at all. */
  void refund() {
    Ticket held = taken();
    if (held != null) {
      Permits.refund(vertx, held);
    }
  }

  /** The answer is over, or nobody waits for the rest. Only the first call of any counts. */
  void ended(Usage usage) {
    Ticket held = taken();
    if (held != null) {
      Permits.settle(vertx, held, price.of(usage));
    }
  }

  /** Who is charged. */
  Caller caller() {
    return caller;
  }

  Price price() {
    return price;
  }

  private @Nullable Ticket taken() {
    Ticket held = ticket;
    ticket = null;
    return held;
  }
}
