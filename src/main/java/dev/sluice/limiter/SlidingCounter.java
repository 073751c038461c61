package dev.sluice.limiter;

/**
 * The estimate for large limits: for each window, how many requests there were in its present slot
 * of time and in the one before, which is taken to have been spread evenly and counts for the part
 * of it that the window still covers.
 *
 * <p>If the clock jumps back, what was counted ahead counts for the present slot.
 */
final class SlidingCounter implements Tally {
  private final long[] slots;
  private final long[] current;
  private final long[] previous;

  SlidingCounter(int windows) {
    slots = new long[windows];
    current = new long[windows];
    previous = new long[windows];
  }

  @Override
  public Verdict look(Quota quota, long now) {
    Verdict verdict = Verdict.blank(quota);
    for (int i = 0; i < quota.size(); i++) {
      turnBack(i, Math.floorDiv(now, quota.window(i)));
      look(verdict, i, now);
    }
    return verdict;
  }

  private void look(Verdict verdict, int i, long now) {
    long window = verdict.quota().window(i);
    long most = verdict.quota().requests(i);
    long slot = Math.floorDiv(now, window);
    long left = window - Math.floorMod(now, window);
    long present = current(i, slot);
    long before = previous(i, slot);
    long used = present + ceilDiv(before * left, window);
    long until = untilAtMost(Math.min(used, most) - 1, present, before, window) - window + left;
    verdict.remaining()[i] = (int) Math.max(0, most - used);
    verdict.resets()[i] = used == 0 ? 0 : until;
    verdict.waits()[i] = used < most ? 0 : until;
  }

  /** How far from the beginning of the slot the estimate, rounded up, is down to {@code count}. */
  private static long untilAtMost(long count, long present, long before, long window) {
    return present <= count && before > 0
        ? fadedTo(count - present, before, window)
        : window + fadedTo(count, Math.max(1, present), window);
  }

  /** How far into a slot the one before, of {@code size}, counts for no more than {@code count}. */
  private static long fadedTo(long count, long size, long window) {
    return window - Math.min(window, count * window / size);
  }

  @Override
  public long add(Quota quota, long now) {
    for (int i = 0; i < quota.size(); i++) {
      long slot = Math.floorDiv(now, quota.window(i));
      turnBack(i, slot);
      previous[i] = previous(i, slot);
      current[i] = current(i, slot) + 1;
      slots[i] = slot;
    }
    return now;
  }

  @Override
  public void remove(Quota quota, long stamp) {
    for (int i = 0; i < quota.size(); i++) {
      long age = slots[i] - Math.floorDiv(stamp, quota.window(i));
      if (age == 0 && current[i] > 0) {
        current[i]--;
      } else if (age == 1 && previous[i] > 0) {
        previous[i]--;
      }
    }
  }

  private void turnBack(int i, long slot) {
    if (slot < slots[i]) {
      slots[i] = slot;
      previous[i] = 0;
    }
  }

  private long current(int i, long slot) {
    return slot == slots[i] ? current[i] : 0;
  }

  private long previous(int i, long slot) {
    if (slot == slots[i]) {
      return previous[i];
    }
    return slot == slots[i] + 1 ? current[i] : 0;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
