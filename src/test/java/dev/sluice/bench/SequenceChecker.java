package dev.sluice.bench;

import java.util.BitSet;

/**
 * Checks that one stream's content is {@code t0 t1 t2 ... }, or {@code 0 1 2 ... } if it begins so,
 * wherever it was cut into events: a token counts when the space after it is there.
 */
final class SequenceChecker {
  private final BitSet outOfTurn = new BitSet();
  private int expected;
  private int highest;
  private int number;
  private boolean within;
  private boolean first;
  private boolean plain;
  private boolean started;
  private int tokens;
  private int duplicated;
  private int reordered;
  private int garbled;

  /** Begins a new stream. */
  void reset() {
    outOfTurn.clear();
    expected = 0;
    highest = -1;
    number = 0;
    within = false;
    started = false;
    first = true;
    plain = false;
    tokens = 0;
    duplicated = 0;
    reordered = 0;
    garbled = 0;
  }

  SequenceChecker() {
    reset();
  }

  /** Takes the next content. Returns how many tokens it completed. */
  int feed(byte[] bytes, int from, int to) {
    int before = tokens;
    for (int i = from; i < to; i++) {
      feed(bytes[i]);
    }
    return tokens - before;
  }

  private void feed(byte b) {
    if (first) {
      first = false;
      plain = b >= '0' && b <= '9';
      started = plain;
    }
    if (!started && b == 't') {
      started = true;
      number = 0;
      within = false;
    } else if (started && b >= '0' && b <= '9' && number < 100_000_000) {
      number = number * 10 + b - '0';
      within = true;
    } else if (started && within && b == ' ') {
      started = plain;
      within = false;
      int whole = number;
      number = 0;
      token(whole);
    } else {
      started = false;
      garbled++;
    }
  }

  private void token(int n) {
    tokens++;
    if (n < expected || outOfTurn.get(n)) {
      duplicated++;
      return;
    }
    if (n < highest) {
      reordered++;
    }
    highest = Math.max(highest, n);
    if (n == expected && outOfTurn.isEmpty()) {
      expected++;
      return;
    }
    outOfTurn.set(n);
    while (outOfTurn.get(expected)) {
      outOfTurn.clear(expected++);
    }
  }

  /** Tokens that arrived, duplicates included. */
  int tokens() {
    return tokens;
  }

  /**
   * How many of the first {@code total} never arrived, the end included that a cut stream lacks.
   */
  int lost(int total) {
    return total - Math.min(total, expected) - outOfTurn.get(0, total).cardinality();
  }

  /** Tokens that arrived a second time. */
  int duplicated() {
    return duplicated;
  }

  /** Tokens that arrived after one with a higher number. */
  int reordered() {
    return reordered;
  }

  /** Bytes that belong to no token. */
  int garbled() {
    return garbled;
  }
}
