package dev.sluice.config;

/** How many chats one caller may start in any minute, hour and day. */
public record LimitsConfig(int perMinute, int perHour, int perDay) {

  public static final LimitsConfig DEFAULT = new LimitsConfig(10, 100, 500);
}
