package dev.sluice.http;

import dev.sluice.bus.IncomingAnswer;
import dev.sluice.telemetry.ChatRecord;

/**
 * What happens when a client leaves before its answer is over: the answer is stopped at its source
 * at once. A client that half-closes its connection counts as gone.
 */
final class Departure {
  private Departure() {}

  static void of(Exchange exchange, IncomingAnswer answer, ChatRecord record, Charge charge) {
    exchange.onDeparture(
        () -> {
          record.left();
          charge.ended(record.usage());
          answer.cancel();
        });
  }
}
