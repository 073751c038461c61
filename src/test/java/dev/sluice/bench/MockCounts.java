package dev.sluice.bench;

/** What the mock upstream has counted; written by its thread alone. */
final class MockCounts {
  long connections;
  long streams;
  long answers;
  long open;
  long left;

  /**
   * As JSON: connections accepted, streams begun, answers that were not streamed, streams open now,
   * streams whose reader left before the end.
   */
  String json() {
    return "{\"connections\":"
        + connections
        + ",\"streams\":"
        + streams
        + ",\"answers\":"
        + answers
        + ",\"open\":"
        + open
        + ",\"left\":"
        + left
        + "}";
  }
}
