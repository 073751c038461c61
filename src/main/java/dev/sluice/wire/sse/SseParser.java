package dev.sluice.wire.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Reads a stream of server-sent events by the rules of the WHATWG HTML standard ("interpreting an
 * event stream"), however its bytes are split.
 *
 * <p>{@code id} and {@code retry} are ignored: who reads an answer to a POST cannot resume it. A
 * block that the end of the stream leaves unfinished is discarded, as the standard has it, so there
 * is nothing to call at the end.
 *
 * <p>Not thread-safe.
 */
public final class SseParser {
  /** 1 MiB. */
  public static final int DEFAULT_CAP = 1 << 20;

  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] EVENT = "event".getBytes(US_ASCII);

  private final int cap;
  private final BoundedBytes unfinishedLine;
  private final BoundedBytes data;
  private String name = "";
  private boolean hasData;
  private boolean afterCr;
  private boolean atStart = true;

  public SseParser() {
    this(DEFAULT_CAP);
  }

  /**
   * @param cap the most bytes that one line, and the data of one event, may have
   */
  public SseParser(int cap) {
    this.cap = cap;
    unfinishedLine = new BoundedBytes(cap);
    data = new BoundedBytes(cap);
  }

  /**
   * Reads the next bytes.
   *
   * @throws SseOverflowException if a line or an event is longer than the cap; the events before it
   *     were dispatched, and the parser is of no more use
   */
  public void feed(byte[] bytes, int offset, int length, SseSink sink) {
    int end = offset + length;
    int lineStart = offset;
    for (int i = lineEnd(bytes, offset, end); i < end; i = lineEnd(bytes, lineStart, end)) {
      boolean secondHalfOfCrLf = bytes[i] == '\n' && i == lineStart && afterCr;
      if (!secondHalfOfCrLf) {
        endOfLine(bytes, lineStart, i, sink);
      }
      afterCr = bytes[i] == '\r';
      lineStart = i + 1;
    }
    if (lineStart < end) {
      unfinishedLine.append(bytes, lineStart, end);
      afterCr = false;
    }
  }

  /** The index of the next CR or LF, or {@code end}. Every byte passes here: one test for most. */
  private static int lineEnd(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && (bytes[i] > '\r' || (bytes[i] != '\n' && bytes[i] != '\r'))) {
      i++;
    }
    return i;
  }

  private void endOfLine(byte[] bytes, int from, int to, SseSink sink) {
    if (unfinishedLine.length() > 0) {
      unfinishedLine.append(bytes, from, to);
      int length = unfinishedLine.length();
      unfinishedLine.clear();
      line(unfinishedLine.array(), 0, length, sink);
    } else if (to - from > cap) {
      throw new SseOverflowException(cap);
    } else {
      line(bytes, from, to, sink);
    }
  }

  private void line(byte[] bytes, int from, int to, SseSink sink) {
    int start = atStart ? afterBom(bytes, from, to) : from;
    atStart = false;
    if (start == to) {
      dispatch(sink);
      return;
    }
    int colon = start;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, to);
    if (value < to && bytes[value] == ' ') {
      value++;
    }
    field(bytes, start, colon, value, to);
  }

  private static int afterBom(byte[] bytes, int from, int to) {
    int end = Math.min(from + BOM.length, to);
    return Arrays.equals(bytes, from, end, BOM, 0, BOM.length) ? end : from;
  }

  /** A comment is a field without a name, and so one of those that mean nothing. */
  private void field(byte[] bytes, int from, int nameEnd, int value, int to) {
    if (Arrays.equals(bytes, from, nameEnd, DATA, 0, DATA.length)) {
      if (hasData) {
        data.append((byte) '\n');
      }
      data.append(bytes, value, to);
      hasData = true;
    } else if (Arrays.equals(bytes, from, nameEnd, EVENT, 0, EVENT.length)) {
      name = new String(bytes, value, to - value, UTF_8);
    }
  }

  private void dispatch(SseSink sink) {
    String dispatched = name;
    int length = data.length();
    boolean fires = hasData;
    name = "";
    data.clear();
    hasData = false;
    if (fires) {
      sink.event(dispatched, data.array(), length);
    }
  }
}
