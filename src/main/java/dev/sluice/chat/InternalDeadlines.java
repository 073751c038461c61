package dev.sluice.chat;

import java.time.Duration;

/** Deadlines inside the gateway that have to fit into one another. */
public final class InternalDeadlines {
  /** How long a question on the event bus waits for its answer. */
  public static final Duration ANSWER = Duration.ofSeconds(2);

  /**
   * The longest that one call to Redis may take. An admission makes up to two calls, since a script
   * that Redis does not know yet is sent again, and then has to answer without Redis.
   */
  public static final Duration LONGEST_REDIS_CALL = ANSWER.dividedBy(4);

  private InternalDeadlines() {}
}
