package dev.sluice.bench;

import java.time.Duration;

/** The loads that are measured. */
enum Shape {
  FAST("64 streams of 200 tokens again and again, one write a token, no delay", 64, 0, 1),
  BURST("the same, 16 tokens a write", 64, 0, 16),
  REAL("1,000 streams at 20 tokens a second", 1000, 50_000, 1),
  LIGHT("100 streams at 20 tokens a second", 100, 50_000, 1),
  PLAIN("small answers that are not streamed, on 64 connections", 64, 0, 1),
  HOLD("streams held open at a token a second, then all clients vanish", 5000, 1_000_000, 1);

  private static final int SHORT_STREAM = 200;
  private static final int ENDLESS = 1_000_000;

  final String description;
  final int streams;
  private final int paceMicros;
  private final int burst;

  Shape(String description, int streams, int paceMicros, int burst) {
    this.description = description;
    this.streams = streams;
    this.paceMicros = paceMicros;
    this.burst = burst;
  }

  /** How the upstream streams when the load lasts this long. */
  MockSettings mock(int seconds) {
    int tokens = paceMicros == 0 ? SHORT_STREAM : seconds * 1_000_000 / paceMicros;
    return new MockSettings(this == HOLD ? ENDLESS : tokens, paceMicros, burst);
  }

  /**
   * What the load client does. A paced stream lasts the whole time, an unpaced one is followed by
   * the next.
   */
  LoadOptions load(Target target, int seconds, int count) {
    boolean plain = this == PLAIN;
    String path = plain ? target.plainPath() : target.streamPath();
    return new LoadOptions(
        target.port(),
        path,
        LoadOptions.bodyFor(path, plain),
        plain,
        count,
        paceMicros == 0 ? Integer.MAX_VALUE : count,
        Duration.ofSeconds(seconds),
        mock(seconds).tokens(),
        paceMicros == 0 ? Duration.ZERO : Duration.ofMillis(Math.min(1000 * seconds / 2, count)),
        this == HOLD);
  }
}
