package dev.sluice.config;

/**
 * How much one caller may use. Those of requests are at least 1; 0 is no limit for the others.
 *
 * @param perMinute chats that begin in any minute; and so on
 * @param streams answers under way at the same time
 * @param tokensPerMinute of questions and answers together
 * @param microdollarsPerDay what they cost, in millionths of a dollar
 */
public record Rates(
    int perMinute,
    int perHour,
    int perDay,
    int streams,
    long tokensPerMinute,
    long tokensPerDay,
    long microdollarsPerDay) {

  /** Limits of requests alone. */
  public Rates(int perMinute, int perHour, int perDay) {
    this(perMinute, perHour, perDay, 0, 0, 0, 0);
  }

  /** Whether there is a limit of tokens or of money. */
  public boolean hasBudget() {
    return tokensPerMinute + tokensPerDay + microdollarsPerDay > 0;
  }
}
