package dev.sluice.bench;

/**
 * Counts values in buckets that grow with the value: 32 to each power of two, so a quantile is at
 * most 3 % too high. Values below 32 are exact.
 */
final class Histogram {
  private static final int STEP_BITS = 5;
  private static final int STEPS = 1 << STEP_BITS;

  private final long[] counts = new long[(Long.SIZE - STEP_BITS) * STEPS];
  private long count;
  private long sum;
  private long max;

  /** Counts a value; one below 0 counts as 0. */
  void record(long value) {
    long counted = Math.max(0, value);
    counts[bucket(counted)]++;
    count++;
    sum += counted;
    max = Math.max(max, counted);
  }

  long count() {
    return count;
  }

  double mean() {
    return count == 0 ? 0 : (double) sum / count;
  }

  long max() {
    return max;
  }

  /**
   * The value that this share of all values does not exceed; 0 if there are none.
   *
   * @param share from 0 to 1, such as 0.99
   */
  long quantile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(max, highest(i));
      }
    }
    return max;
  }

  private static int bucket(long value) {
    if (value < STEPS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(value);
    return (shift + 1) * STEPS + (int) (value >>> shift) - STEPS;
  }

  private static long highest(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int shift = bucket / STEPS - 1;
    return ((long) (bucket % STEPS + STEPS + 1) << shift) - 1;
  }
}
