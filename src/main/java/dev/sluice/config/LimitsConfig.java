package dev.sluice.config;

/** How many chats one caller may start in any minute, hour and day. */
public record LimitsConfig(int perMinute, int perHour, int perDay) {

  /** The highest limit that can be set. */
  static final int MOST = 10_000_000;

  public static final LimitsConfig DEFAULT = new LimitsConfig(10, 100, 500);
}
