package dev.sluice.limiter;

/** How many requests one client has made. Times are milliseconds of one clock, which may jump. */
interface Tally {

  /** How the client stands at {@code now}. Spends nothing. */
  default Verdict look(Quota quota, long now) {
    Verdict verdict = Verdict.blank(quota);
    look(quota, now, verdict);
    return verdict;
  }

  /** The same, written to the verdict's first limits, which are those of requests. */
  void look(Quota quota, long now, Verdict verdict);

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
