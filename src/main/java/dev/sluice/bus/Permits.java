package dev.sluice.bus;

import dev.sluice.chat.Admission;
import dev.sluice.chat.Cost;
import dev.sluice.chat.PeekPermits;
import dev.sluice.chat.RefundPermit;
import dev.sluice.chat.SettlePermit;
import dev.sluice.chat.Standing;
import dev.sluice.chat.TakePermit;
import dev.sluice.chat.Ticket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What is said to the limiter. */
public final class Permits {
  private Permits() {}

  /** Whether a request may go on; fails with a {@link GatewayException} if that cannot be known. */
  public static Future<Admission> take(Vertx vertx, TakePermit question) {
    return Bus.<Record>ask(vertx, Addresses.LIMITER, question).map(Admission.class::cast);
  }

  /** How a client stands, which spends nothing. */
  public static Future<Standing> peek(Vertx vertx, PeekPermits question) {
    return Bus.ask(vertx, Addresses.LIMITER, question);
  }

  /** Gives back what a permit cost. At most once for each ticket. */
  public static void refund(Vertx vertx, Ticket ticket) {
    vertx.eventBus().send(Addresses.LIMITER, new RefundPermit(ticket), RecordCodec.LOCAL);
  }

  /** Tells what a chat has cost. At most once for each ticket, and not for one given back. */
  public static void settle(Vertx vertx, Ticket ticket, Cost cost) {
    vertx.eventBus().send(Addresses.LIMITER, new SettlePermit(ticket, cost), RecordCodec.LOCAL);
  }
}
