package dev.sluice.wire.sse;

import java.util.Arrays;

/** Bytes that gather up to a cap; the array behind them is kept from one filling to the next. */
final class BoundedBytes {
  private static final int FIRST_SIZE = 512;
  private final int cap;
  private byte[] array;
  private int length;

  BoundedBytes(int cap) {
    this.cap = cap;
    array = new byte[Math.min(FIRST_SIZE, cap)];
  }

  void append(byte[] bytes, int from, int to) {
    int count = to - from;
    makeRoomFor(count);
    System.arraycopy(bytes, from, array, length, count);
    length += count;
  }

  void append(byte single) {
    makeRoomFor(1);
    array[length++] = single;
  }

  private void makeRoomFor(int count) {
    if (count > cap - length) {
      throw new SseOverflowException(cap);
    }
    int needed = length + count;
    if (needed > array.length) {
      array = Arrays.copyOf(array, (int) Math.min(cap, Math.max(needed, 2L * array.length)));
    }
  }

  /** Forgets the content; the array still holds it until the next append. */
  void clear() {
    length = 0;
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }
}
