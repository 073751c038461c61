package dev.sluice.bus;

import dev.sluice.chat.InternalDeadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** Short messages over the bus, as opposed to conversations. */
public final class Bus {
  private static final DeliveryOptions ASKING =
      new DeliveryOptions().setLocalOnly(true).setSendTimeout(InternalDeadlines.ANSWER.toMillis());

  private Bus() {}

  /** The answer of whoever listens at {@code address}; fails after two seconds without one. */
  public static <T extends Record> Future<T> ask(Vertx vertx, String address, Record question) {
    return vertx.eventBus().<T>request(address, question, ASKING).map(Message::body);
  }

  /** Tells {@code news} to everyone who listens at {@code address}. */
  public static void publish(Vertx vertx, String address, Record news) {
    vertx.eventBus().publish(address, news, RecordCodec.LOCAL);
  }
}
