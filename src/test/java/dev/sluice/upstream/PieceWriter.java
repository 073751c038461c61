package dev.sluice.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes bytes in pieces of given sizes, with a rest after each, and counts what the socket has
 * taken.
 */
final class PieceWriter {
  private static final int[] WHOLE = {16 * 1024};

  private final OutputStream out;
  private final Consumer<Duration> rest;
  private final AtomicLong written = new AtomicLong();
  private int[] sizes = WHOLE;
  private Duration gap = Duration.ZERO;
  private int turn;

  /**
   * @param rest waits as long as it is told
   */
  PieceWriter(OutputStream out, Consumer<Duration> rest) {
    this.out = out;
    this.rest = rest;
  }

  void cutInto(Duration gap, int... sizes) {
    this.sizes = sizes.length == 0 ? WHOLE : sizes.clone();
    this.gap = gap;
    this.turn = 0;
  }

  long written() {
    return written.get();
  }

  void write(byte[] bytes) {
    for (int from = 0; from < bytes.length; ) {
      int size = Math.min(sizes[turn++ % sizes.length], bytes.length - from);
      writePiece(bytes, from, size);
      from += size;
      if (!gap.isZero()) {
        rest.accept(gap);
      }
    }
  }

  private void writePiece(byte[] bytes, int from, int size) {
    try {
      out.write(bytes, from, size);
      out.flush();
    } catch (IOException e) {
      throw new PeerLeftException();
    }
    written.addAndGet(size);
  }
}
