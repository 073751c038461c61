package dev.sluice.limiter;

/** What one client has used. Times are milliseconds of one clock, which may jump. */
interface Tally {

  /** How the client stands at {@code now}. Spends nothing. */
  Verdict look(Quota quota, long now);

  /**
   * Spends one request, whatever the quota says.
   *
   * @return the time it is remembered by, for {@link #remove}
   */
  long add(Quota quota, long now);

  /**
   * Gives back one request that {@link #add} is remembered by that time. Nothing happens if there
   * is none any more: what was lost to a clock that jumped stays spent.
   */
  void remove(Quota quota, long stamp);
}
