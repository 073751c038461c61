package dev.sluice.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What the load client saw. Times are in microseconds. */
final class LoadReport {
  final Histogram firstToken = new Histogram();
  final Histogram gap = new Histogram();
  final Histogram answer = new Histogram();

  /** Tokens that have come so far, for who looks on while the load runs. */
  final LongAdder seen = new LongAdder();

  long whole;
  long cut;
  long refused;
  long failed;
  long abandoned;
  long tokens;
  long lost;
  long duplicated;
  long reordered;
  long garbled;
  Duration took = Duration.ZERO;

  /** Adds what one stream's checker found. */
  void add(SequenceChecker sequence, int total) {
    tokens += sequence.tokens();
    lost += sequence.lost(total);
    duplicated += sequence.duplicated();
    reordered += sequence.reordered();
    garbled += sequence.garbled();
  }

  /** Answers that were not as they should be, and tokens likewise. */
  long faults() {
    return cut + refused + failed + lost + duplicated + reordered + garbled;
  }

  double seconds() {
    return took.toNanos() / 1e9;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "whole %d, cut %d, refused %d, failed %d, abandoned %d; tokens %d (%.0f/s), lost %d, duplicated %d, reordered %d, garbled %d;"
            + " first token p50 %.2f p99 %.2f ms; gap p50 %.2f p99 %.2f ms; answer p50 %.2f p99 %.2f ms; %.1f answers/s in %.1f s",
        whole,
        cut,
        refused,
        failed,
        abandoned,
        tokens,
        tokens / seconds(),
        lost,
        duplicated,
        reordered,
        garbled,
        firstToken.quantile(0.5) / 1e3,
        firstToken.quantile(0.99) / 1e3,
        gap.quantile(0.5) / 1e3,
        gap.quantile(0.99) / 1e3,
        answer.quantile(0.5) / 1e3,
        answer.quantile(0.99) / 1e3,
        whole / seconds(),
        seconds());
  }
}
