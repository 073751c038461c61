package dev.sluice.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;

/** Hands records over the bus as they are: the same instance, nothing copied, never off-process. */
public final class RecordCodec implements MessageCodec<Record, Record> {

  /** For every message: it stays in this process. */
  static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private static final String NAME = "record";

  private RecordCodec() {}

  /** Makes the bus of {@code vertx} carry records. Once for each {@code vertx}. */
  public static void register(Vertx vertx) {
    vertx
        .eventBus()
        .registerCodec(new RecordCodec())
        .codecSelector(body -> body instanceof Record ? NAME : null);
  }

  @Override
  public Record transform(Record message) {
    return message;
  }

  @Override
  public void encodeToWire(Buffer buffer, Record message) {
    throw new UnsupportedOperationException("Records do not leave the process");
  }

  @Override
  public Record decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("Records do not leave the process");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
