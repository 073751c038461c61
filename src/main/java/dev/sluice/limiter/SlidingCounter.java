package dev.sluice.limiter;

/** The estimate for large limits: {@link Slots} for each window. */
final class SlidingCounter implements Tally {
  private final Slots[] windows;

  SlidingCounter(int windows) {
    this.windows = new Slots[windows];
    for (int i = 0; i < windows; i++) {
      this.windows[i] = new Slots();
    }
  }

  @Override
  public void look(Quota quota, long now, Verdict verdict) {
    for (int i = 0; i < quota.size(); i++) {
      verdict.setWindow(i, windows[i], now, quota.window(i), quota.requests(i), 1);
    }
  }

  @Override
  public long add(Quota quota, long now) {
    for (int i = 0; i < quota.size(); i++) {
      windows[i].add(1, now, quota.window(i));
    }
    return now;
  }

  @Override
  public void remove(Quota quota, long stamp) {
    for (int i = 0; i < quota.size(); i++) {
      windows[i].correct(-1, stamp, quota.window(i));
    }
  }
}
