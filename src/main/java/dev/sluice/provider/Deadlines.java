package dev.sluice.provider;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.TimeoutConfig;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The deadlines of one answer: its first content, the silence between two contents, its whole
 * length. Bytes without content (heartbeats, comments) prolong nothing. An answer that does not
 * stream has only the last one.
 *
 * <p>One timer for each answer, which on waking looks whether something came and sleeps on: nothing
 * is armed or cancelled for a token.
 */
final class Deadlines {
  private final Vertx vertx;
  private final TimeoutConfig limits;
  private final boolean streams;
  private final Consumer<Failure> expired;
  private final long start = System.nanoTime();

  private long since = start;
  private boolean begun;
  private boolean paused;
  private long timer = -1;

  Deadlines(Vertx vertx, TimeoutConfig limits, boolean streams, Consumer<Failure> expired) {
    this.vertx = vertx;
    this.limits = limits;
    this.streams = streams;
    this.expired = expired;
    arm();
  }

  /** Content came. */
  void content() {
    since = System.nanoTime();
    if (!begun) {
      begun = true;
      arm();
    }
  }

  /** It is the reader who keeps the answer waiting: silence does not count for now. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    since = System.nanoTime();
    arm();
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  private void arm() {
    vertx.cancelTimer(timer);
    long nanos = Math.min(totalLeft(), phaseCounts() ? phaseLeft() : Long.MAX_VALUE);
    timer = vertx.setTimer(Math.max(1, Duration.ofNanos(nanos).toMillis() + 1), id -> check());
  }

  private boolean phaseCounts() {
    return streams && !paused;
  }

  private long totalLeft() {
    return limits.total().toNanos() - (System.nanoTime() - start);
  }

  private long phaseLeft() {
    return phase().toNanos() - (System.nanoTime() - since);
  }

  private Duration phase() {
    return begun ? limits.silence() : limits.firstToken();
  }

  private void check() {
    if (totalLeft() <= 0) {
      expired.accept(
          Failure.of(
              Fault.UPSTREAM_TOTAL_TIMEOUT,
              "The answer took longer than " + words(limits.total()) + "."));
    } else if (phaseCounts() && phaseLeft() <= 0) {
      expired.accept(begun ? stalled() : late());
    } else {
      arm();
    }
  }

  private Failure stalled() {
    return Failure.of(
        Fault.UPSTREAM_STALLED,
        "The model fell silent in mid-answer for " + words(limits.silence()) + ".");
  }

  private Failure late() {
    return Failure.of(
        Fault.UPSTREAM_FIRST_TOKEN_TIMEOUT,
        "The model did not begin to answer within " + words(limits.firstToken()) + ".");
  }

  private static String words(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
  }
}
