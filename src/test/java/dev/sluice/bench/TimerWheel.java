package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Timers by the millisecond for one thread: each costs the same however many there are. */
final class TimerWheel<T> {
  private static final long TICK_NANOS = 1_000_000;
  private static final int SLOTS = 1024;

  private record Timer<T>(T item, long tick) {}

  private final List<List<Timer<T>>> slots = new ArrayList<>(SLOTS);
  private final long origin;
  private long tick;
  private int size;

  TimerWheel(long nowNanos) {
    origin = nowNanos;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new ArrayList<>());
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Sets a timer; one that is due already fires with the next tick. */
  void schedule(T item, long dueNanos) {
    long due = Math.max(tick + 1, Math.floorDiv(dueNanos - origin + TICK_NANOS - 1, TICK_NANOS));
    slots.get((int) (due % SLOTS)).add(new Timer<>(item, due));
    size++;
  }

  /** Fires what has become due, which may set timers anew. */
  void advance(long nowNanos, Consumer<T> fire) {
    long now = (nowNanos - origin) / TICK_NANOS;
    while (tick < now) {
      tick++;
      int slot = (int) (tick % SLOTS);
      var timers = slots.get(slot);
      if (!timers.isEmpty()) {
        slots.set(slot, new ArrayList<>(timers.size()));
        timers.forEach(timer -> fireOrKeep(timer, slot, fire));
      }
    }
  }

  private void fireOrKeep(Timer<T> timer, int slot, Consumer<T> fire) {
    if (timer.tick() > tick) {
      slots.get(slot).add(timer);
    } else {
      size--;
      fire.accept(timer.item());
    }
  }
}
