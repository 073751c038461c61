package dev.sluice.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.Message;
import dev.sluice.chat.Role;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final String PROVIDER = Addresses.provider("test", 0);
  private static final ChatRequest QUESTION =
      new ChatRequest(
          "m",
          List.of(Message.of(Role.USER, "Hello")),
          ChatRequest.Options.NONE,
          List.of(),
          null,
          true,
          Map.of());
  private static final Failure GONE = Failure.of(Fault.SERVER_SHUTDOWN, "The server stops.");

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private Patience patience =
      new Patience(Duration.ofMillis(600), Duration.ofSeconds(1), Duration.ofSeconds(60));
  private Inbox inbox;
  private Outbox outbox;

  @BeforeEach
  void registerCodec() {
    RecordCodec.register(vertx);
  }

  @AfterEach
  void nothingIsLeftInAnyMap() throws Exception {
    try {
      if (outbox != null) {
        await(() -> inbox.size() == 0 && outbox.size() == 0);
      }
    } finally {
      vertx.close().await(10, SECONDS);
    }
  }

  @Test
  void anAnswerArrivesWholeAndInOrder() throws Exception {
    answerWith(
        (request, out) -> {
          out.write(List.of(new ChatEvent.Served("model-1")), 10);
          out.write(List.of(text("Hel"), text("lo")), 10);
          out.write(List.of(new ChatEvent.Done()), 10);
        });
    RecordingReader reader = ask();
    assertThat(reader.terminal.get(5, SECONDS)).isEqualTo(new ChatEvent.Done());
    assertThat(reader.events)
        .containsExactly(
            new ChatEvent.Served("model-1"), text("Hel"), text("lo"), new ChatEvent.Done());
  }

  @Test
  void aFailureBeforeTheFirstContentRefusesTheQuestion() throws Exception {
    Failure failure = Failure.of(Fault.UPSTREAM_AUTH, "No.");
    answerWith(
        (request, out) -> {
          out.write(List.of(new ChatEvent.Served("model-1")), 10);
          out.fail(failure);
        });
    RecordingReader reader = ask();
    assertThat(reader.refusal.get(5, SECONDS)).isEqualTo(failure);
    assertThat(reader.events).isEmpty();
    assertThat(reader.accepted).isNotDone();
  }

  @Test
  void aFailureAfterTheFirstContentIsAnEventOfTheAnswer() throws Exception {
    Failure failure = Failure.of(Fault.UPSTREAM_RESET, "Gone.");
    answerWith(
        (request, out) -> {
          out.write(List.of(text("Hel")), 3);
          out.fail(failure);
          out.write(List.of(text("lo")), 2);
        });
    RecordingReader reader = ask();
    assertThat(reader.terminal.get(5, SECONDS)).isEqualTo(new ChatEvent.Failed(failure));
    assertThat(reader.events).containsExactly(text("Hel"), new ChatEvent.Failed(failure));
  }

  @Test
  void anAnswererThatThrowsRefusesTheQuestion() throws Exception {
    answerWith(
        (request, out) -> {
          throw new IllegalStateException("a bug");
        });
    assertThat(ask().refusal.get(5, SECONDS).fault()).isEqualTo(Fault.INTERNAL);
  }

  @Test
  void askingWhereNobodyAnswersIsRefusedAtOnce() throws Exception {
    answerWith((request, out) -> {});
    RecordingReader reader = ask(Addresses.provider("nobody", 0));
    assertThat(reader.refusal.get(5, SECONDS).fault()).isEqualTo(Fault.PROVIDER_UNAVAILABLE);
  }

  @Test
  void anAnswerWithoutContentIsAcceptedAfterTheHoldAndThenShowsThatItLives() throws Exception {
    CompletableFuture<OutgoingAnswer> started = new CompletableFuture<>();
    answerWith((request, out) -> started.complete(out));
    RecordingReader reader = ask();
    reader.accepted.get(5, SECONDS);
    int before = reader.heartbeats.get();
    await(() -> reader.heartbeats.get() > before);
    run(() -> started.get().fail(GONE));
    assertThat(reader.terminal.get(5, SECONDS)).isEqualTo(new ChatEvent.Failed(GONE));
  }

  @Test
  void aReaderThatDoesNotConsumePausesTheSourceWithinTheWindow() throws Exception {
    CompletableFuture<OutgoingAnswer> started = new CompletableFuture<>();
    AtomicInteger written = new AtomicInteger();
    answerWith(
        (request, out) -> {
          started.complete(out);
          Runnable pump =
              () -> {
                while (out.hasCredit() && !out.isOver()) {
                  written.incrementAndGet();
                  out.write(List.of(text("x")), 1024);
                }
              };
          out.onCredit(pump);
          pump.run();
        });
    RecordingReader reader = new RecordingReader();
    reader.consumes = false;
    start(reader, PROVIDER);
    await(() -> reader.unconsumed.get() == Inbox.WINDOW);
    assertThat(written).hasValue(Inbox.WINDOW / 1024);

    run(reader::consume);
    await(() -> written.get() == 2 * Inbox.WINDOW / 1024);
    run(() -> started.get().fail(GONE));
    reader.terminal.get(5, SECONDS);
  }

  @Test
  void aReaderThatConsumesNothingForTooLongLosesItsAnswer() throws Exception {
    patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    answerWith(
        (request, out) -> {
          out.onCancel(() -> stopped.complete(null));
          out.write(List.of(text("x")), 10);
        });
    RecordingReader reader = new RecordingReader();
    reader.consumes = false;
    start(reader, PROVIDER);
    assertThat(reader.terminal.get(5, SECONDS)).isInstanceOf(ChatEvent.Failed.class);
    stopped.get(5, SECONDS);
  }

  @Test
  void aMissingFrameIsAFaultAndStopsTheSource() throws Exception {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    answerWith(
        (request, out) -> {
          out.onCancel(() -> stopped.complete(null));
          out.write(List.of(text("one")), 3);
          Frame third = new Frame(0, 2, List.of(text("three")), 5);
          vertx.eventBus().send(Addresses.inbox(0), third, RecordCodec.LOCAL);
        });
    RecordingReader reader = ask();
    ChatEvent.Failed end = (ChatEvent.Failed) reader.terminal.get(5, SECONDS);
    assertThat(end.failure().fault()).isEqualTo(Fault.STREAM_GAP);
    assertThat(reader.events).containsExactly(text("one"), end);
    stopped.get(5, SECONDS);
  }

  @Test
  void cancellingBeforeTheAnswerBeginsStopsTheSource() throws Exception {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    answerWith(
        (request, out) -> {
          out.onCancel(() -> stopped.complete(null));
          asked.countDown();
        });
    RecordingReader reader = ask();
    assertThat(asked.await(5, SECONDS)).isTrue();
    run(() -> reader.answer.cancel());
    stopped.get(5, SECONDS);
    assertThat(reader.refusal).isNotDone();
    assertThat(reader.terminal).isNotDone();
  }

  @Test
  void cancellingInMidAnswerStopsTheSourceOnceAndSilencesIt() throws Exception {
    AtomicInteger stops = new AtomicInteger();
    CompletableFuture<OutgoingAnswer> started = new CompletableFuture<>();
    answerWith(
        (request, out) -> {
          out.onCancel(stops::incrementAndGet);
          out.write(List.of(text("x")), 1);
          started.complete(out);
        });
    RecordingReader reader = ask();
    reader.accepted.get(5, SECONDS);
    run(
        () -> {
          reader.answer.cancel();
          reader.answer.cancel();
        });
    await(() -> stops.get() == 1);
    run(() -> started.get().write(List.of(text("y")), 1));
    assertThat(reader.events).containsExactly(text("x"));
  }

  @Test
  void closingTheOutboxEndsItsAnswersAndTheirSources() throws Exception {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    answerWith(
        (request, out) -> {
          out.onCancel(() -> stopped.complete(null));
          out.write(List.of(text("x")), 1);
        });
    RecordingReader reader = ask();
    reader.accepted.get(5, SECONDS);
    run(() -> outbox.close(GONE));
    assertThat(reader.terminal.get(5, SECONDS)).isEqualTo(new ChatEvent.Failed(GONE));
    stopped.get(5, SECONDS);
  }

  @Test
  void twoHundredThousandEventsPassOnOneEventLoop() throws Exception {
    int count = 200_000;
    answerWith((request, out) -> pump(out, new AtomicInteger(), count));
    RecordingReader reader = ask();
    assertThat(reader.terminal.get(30, SECONDS)).isEqualTo(new ChatEvent.Done());
    assertThat(reader.events).hasSize(count + 1);
    for (int i = 0; i < count; i++) {
      assertThat(reader.events.get(i)).isEqualTo(text(Integer.toString(i)));
    }
  }

  @Test
  void aThousandConversationsAtOnceKeepTheirEventsApart() throws Exception {
    answerWith((request, out) -> pump(out, new AtomicInteger(), 100));
    List<RecordingReader> readers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      readers.add(ask());
    }
    for (RecordingReader reader : readers) {
      assertThat(reader.terminal.get(30, SECONDS)).isEqualTo(new ChatEvent.Done());
      assertThat(reader.events).hasSize(101);
      assertThat(reader.events.get(99)).isEqualTo(text("99"));
    }
  }

  /** Writes {@code count} numbered texts, one a frame, as fast as credit allows, and ends. */
  private static void pump(OutgoingAnswer out, AtomicInteger next, int count) {
    Runnable pump =
        () -> {
          while (out.hasCredit() && next.get() < count) {
            out.write(List.of(text(Integer.toString(next.getAndIncrement()))), 100);
          }
          if (next.get() == count) {
            out.write(List.of(new ChatEvent.Done()), 0);
          }
        };
    out.onCredit(pump);
    pump.run();
  }

  private static ChatEvent.TextDelta text(String text) {
    return new ChatEvent.TextDelta(text);
  }

  private void answerWith(Answerer answerer) throws Exception {
    run(
        () -> {
          inbox = new Inbox(vertx, 0, patience);
          outbox = new Outbox(vertx, PROVIDER, patience, answerer);
        });
    outbox.ready().await(5, SECONDS);
  }

  private RecordingReader ask() throws Exception {
    return ask(PROVIDER);
  }

  private RecordingReader ask(String provider) throws Exception {
    RecordingReader reader = new RecordingReader();
    start(reader, provider);
    return reader;
  }

  private void start(RecordingReader reader, String provider) throws Exception {
    run(() -> reader.answer = inbox.ask(provider, Origin.of("request-1"), QUESTION, reader));
  }

  private interface Action {
    void run() throws Exception;
  }

  private void run(Action action) throws Exception {
    Callable<Void> task =
        () -> {
          action.run();
          return null;
        };
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(
        ignored -> {
          try {
            done.complete(task.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    done.get(5, SECONDS);
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
      Thread.sleep(2);
    }
  }
}
