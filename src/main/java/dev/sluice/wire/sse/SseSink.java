package dev.sluice.wire.sse;

/** Takes the events of a stream as they are dispatched. */
@FunctionalInterface
public interface SseSink {

  /**
   * An event.
   *
   * @param name its {@code event:} name; empty if it has none
   * @param data holds the event's data, UTF-8, lines joined by LF; valid only during this call
   * @param length how many bytes of {@code data} are the event's, from index 0
   */
  void event(String name, byte[] data, int length);
}
