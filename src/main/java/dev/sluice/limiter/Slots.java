package dev.sluice.limiter;

/**
 * How much was used in a sliding window, roughly: how much in the present slot of time and in the
 * one before, which is taken to have been spread evenly and counts for the part of it that the
 * window still covers. A slot is as long as the window.
 *
 * <p>If the clock jumps back, what was counted ahead counts for the present slot.
 */
final class Slots {
  private long slot;
  private long current;
  private long previous;

  /** What counts at {@code now}, rounded up. */
  long used(long now, long window) {
    turnBack(now, window);
    long left = window - Math.floorMod(now, window);
    return current(now, window) + (long) Math.ceil((double) previous(now, window) * left / window);
  }

  /** In how many milliseconds no more than {@code most} counts, if nothing is added. */
  long untilAtMost(long most, long now, long window) {
    turnBack(now, window);
    long elapsed = Math.floorMod(now, window);
    long present = current(now, window);
    long before = previous(now, window);
    if (most < 0 || (present == 0 && before == 0)) {
      return 0;
    }
    long until =
        present <= most && before > 0
            ? fadedTo(most - present, before, window)
            : window + fadedTo(most, Math.max(1, present), window);
    return Math.max(0, until - elapsed);
  }

  /** How far into a slot the one before, of {@code size}, counts for no more than {@code count}. */
  private static long fadedTo(long count, long size, long window) {
    return window - Math.min(window, (long) Math.floor((double) count * window / size));
  }

  void add(long amount, long now, long window) {
    turnBack(now, window);
    long before = previous(now, window);
    current = current(now, window) + amount;
    previous = before;
    slot = Math.floorDiv(now, window);
  }

  /** Changes what was added at {@code stamp}, if that still counts, but never to less than 0. */
  void correct(long difference, long stamp, long window) {
    long age = slot - Math.floorDiv(stamp, window);
    if (age == 0) {
      current = Math.max(0, current + difference);
    } else if (age == 1) {
      previous = Math.max(0, previous + difference);
    }
  }

  private void turnBack(long now, long window) {
    if (Math.floorDiv(now, window) < slot) {
      slot = Math.floorDiv(now, window);
      previous = 0;
    }
  }

  private long current(long now, long window) {
    return Math.floorDiv(now, window) == slot ? current : 0;
  }

  private long previous(long now, long window) {
    long present = Math.floorDiv(now, window);
    if (present == slot) {
      return previous;
    }
    return present == slot + 1 ? current : 0;
  }
}
