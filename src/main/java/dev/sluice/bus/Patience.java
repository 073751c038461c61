package dev.sluice.bus;

import java.time.Duration;

/**
 * How long the two ends of a conversation wait for one another.
 *
 * @param hold how long an answer without content is kept unaccepted, so that its failure can still
 *     be a status
 * @param heartbeat how long an accepted answer is silent before an empty frame shows that it lives
 * @param slowReader how long frames may lie unconsumed before the answer is given up
 */
public record Patience(Duration hold, Duration heartbeat, Duration slowReader) {

  /** How often either end looks at its streams. */
  static final Duration SWEEP = Duration.ofMillis(500);

  /** After this the asker takes a silent answerer for dead. */
  Duration silence() {
    return heartbeat.multipliedBy(3).plusSeconds(5);
  }

  /** After this the asker takes an answerer that neither accepts nor refuses for dead. */
  Duration reply() {
    return hold.plusSeconds(5);
  }

  /** After this the answerer takes an asker that grants no credit for dead. */
  Duration noCredit() {
    return slowReader.multipliedBy(2);
  }
}
