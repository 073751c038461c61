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
      turn(i, Math.floorDiv(now, quota.window(i)));
      look(verdict, i, Math.floorMod(now, quota.window(i)));
    }
    return verdict;
  }

  private void look(Verdict verdict, int i, long elapsed) {
    long window = verdict.quota().window(i);
    long most = verdict.quota().requests(i);
    long used = current[i] + ceilDiv(previous[i] * (window - elapsed), window);
    long until = untilAtMost(Math.min(used, most) - 1, i, window, elapsed);
    verdict.remaining()[i] = (int) Math.max(0, most - used);
    verdict.resets()[i] = used == 0 ? 0 : until;
    verdict.waits()[i] = used < most ? 0 : until;
  }

  /** How long until the estimate, rounded up, is no more than {@code count}. */
  private long untilAtMost(long count, int i, long window, long elapsed) {
    if (count < 0) {
      return 0;
    }
    if (current[i] <= count && previous[i] > 0) {
      return fadedTo(count - current[i], previous[i], window) - elapsed;
    }
    return current[i] == 0 ? 0 : window - elapsed + fadedTo(count, current[i], window);
  }

  /** How far into a slot the one before, of {@code size}, counts for no more than {@code count}. */
  private static long fadedTo(long count, long size, long window) {
    return window - Math.min(window, count * window / size);
  }

  @Override
  public long add(Quota quota, long now) {
    for (int i = 0; i < quota.size(); i++) {
      turn(i, Math.floorDiv(now, quota.window(i)));
      current[i]++;
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

  private void turn(int i, long slot) {
    if (slot > slots[i]) {
      previous[i] = slot == slots[i] + 1 ? current[i] : 0;
      current[i] = 0;
    } else if (slot < slots[i]) {
      previous[i] = 0;
    }
    slots[i] = slot;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
