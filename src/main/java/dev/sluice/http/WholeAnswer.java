package dev.sluice.http;

import dev.sluice.bus.AnswerReader;
import dev.sluice.bus.IncomingAnswer;
import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.telemetry.ChatRecord;
import dev.sluice.wire.page.PageAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that leaves as one JSON document when it is complete. */
final class WholeAnswer implements AnswerReader {
  private static final int OK = 200;

  private final Exchange exchange;
  private final ChatRecord record;
  private final PageAnswer page;
  private final Charge charge;
  private @Nullable IncomingAnswer answer;

  /**
   * @param charge is told when it is over
   */
  WholeAnswer(Exchange exchange, ChatRecord record, PageAnswer page, Charge charge) {
    this.exchange = exchange;
    this.record = record;
    this.page = page;
    this.charge = charge;
  }

  /** Reads {@code answer} until its end, or until the client leaves. */
  void follow(IncomingAnswer answer) {
    this.answer = answer;
    Departure.of(exchange, answer, record, charge);
  }

  @Override
  public void accepted() {
    // Nothing may be said before the whole is known: it may still fail.
  }

  @Override
  public void read(List<ChatEvent> events, int weight) {
    record.saw(events);
    page.add(events);
    if (answer != null) {
      answer.consumed(weight);
    }
    ChatEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
    if (last instanceof ChatEvent.Terminal) {
      charge.ended(record.usage());
    }
    if (last instanceof ChatEvent.Done) {
      exchange.json(OK, page.write(record.usage()));
    } else if (last instanceof ChatEvent.Failed failed) {
      exchange.fail(failed.failure());
    }
  }

  @Override
  public void refused(Failure failure) {
    record.refused(failure);
    charge.refused(failure, record.usage());
    exchange.fail(failure);
  }
}
