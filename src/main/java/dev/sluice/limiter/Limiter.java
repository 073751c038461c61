package dev.sluice.limiter;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Admission;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.PeekPermits;
import dev.sluice.chat.Permit;
import dev.sluice.chat.Standing;
import dev.sluice.chat.TakePermit;
import dev.sluice.chat.Ticket;
import dev.sluice.config.RedisConfig.WhenAway;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides where to count and what holds while Redis is away.
 *
 * <p>What this process admitted itself is always counted here as well. That is a floor under what
 * Redis says: whoever is over the limit by it is refused without asking, which makes a flood cheap,
 * and a Redis that lost its memory does not give a lone gateway's clients a second allowance.
 *
 * <p>How far too much can be admitted, with M gateways and a limit of L: nothing while Redis
 * answers. In a window in which Redis was away, each gateway counts for itself: at most L + M - 1
 * besides what Redis counted before and after, and never more than M x L. A single gateway never
 * admits too much.
 */
final class Limiter {
  private static final String USUAL = "";

  private final Map<String, LimitSet> sets;
  private final WhenAway whenAway;
  private final LongSupplier clock;

  /**
   * @param sets by name; the usual one has an empty name
   * @param clock milliseconds
   */
  Limiter(Map<String, LimitSet> sets, WhenAway whenAway, LongSupplier clock) {
    this.sets = Map.copyOf(sets);
    this.whenAway = whenAway;
    this.clock = clock;
  }

  /** Fails with a {@link GatewayException} if Redis is away and nothing may happen without it. */
  Future<Admission> take(TakePermit question) {
    LimitSet set = set(question.limits());
    long now = clock.getAsLong();
    Verdict own = set.local().look(question.client(), set.quota(), now);
    RedisLimits shared = set.shared();
    if (shared == null || !own.admits()) {
      return Future.succeededFuture(counted(set, set.quota(), question));
    }
    return shared
        .take(question.client())
        .map(reply -> shared(set, question, now, reply))
        .recover(away -> alone(set, question));
  }

  private static Admission shared(
      LimitSet set, TakePermit question, long now, RedisLimits.Reply reply) {
    if (!reply.admitted()) {
      return reply.verdict().denied();
    }
    long stamp = set.local().add(question.client(), now);
    return new Permit(reply.verdict().states(), ticket(question, stamp, reply.stamp()));
  }

  private Future<Admission> alone(LimitSet set, TakePermit question) {
    return switch (whenAway) {
      case LOCAL -> Future.succeededFuture(counted(set, set.share(), question));
      case OPEN -> Future.succeededFuture(spent(set, set.quota(), question));
      case CLOSED ->
          Future.failedFuture(
              new GatewayException(
                  Failure.of(
                      Fault.LIMITER_UNAVAILABLE,
                      "Requests cannot be counted at the moment, so none can begin.")));
    };
  }

  private Admission counted(LimitSet set, Quota quota, TakePermit question) {
    Verdict verdict = set.local().look(question.client(), quota, clock.getAsLong());
    return verdict.admits() ? spent(set, quota, question) : verdict.denied();
  }

  private Admission spent(LimitSet set, Quota quota, TakePermit question) {
    long now = clock.getAsLong();
    long stamp = set.local().add(question.client(), now);
    Verdict after = set.local().look(question.client(), quota, now);
    return new Permit(after.states(), ticket(question, stamp, null));
  }

  private static Ticket ticket(TakePermit question, long stamp, @Nullable Long sharedStamp) {
    return new Ticket(question.client(), question.limits(), stamp, sharedStamp);
  }

  /** How a client stands; from Redis if it answers. */
  Future<Standing> peek(PeekPermits question) {
    LimitSet set = set(question.limits());
    RedisLimits shared = set.shared();
    Future<Verdict> verdict =
        shared == null
            ? Future.succeededFuture(own(set, set.quota(), question))
            : shared
                .peek(question.client())
                .map(RedisLimits.Reply::verdict)
                .otherwise(away -> own(set, set.share(), question));
    return verdict.map(Verdict::states).map(Standing::new);
  }

  private Verdict own(LimitSet set, Quota quota, PeekPermits question) {
    return set.local().look(question.client(), quota, clock.getAsLong());
  }

  /** What cannot be given back because Redis is away stays spent there. */
  void refund(Ticket ticket) {
    LimitSet set = set(ticket.limits());
    set.local().remove(ticket.client(), ticket.stamp());
    if (set.shared() != null && ticket.sharedStamp() != null) {
      set.shared().refund(ticket.client(), ticket.sharedStamp());
    }
  }

  private LimitSet set(@Nullable String name) {
    LimitSet usual = sets.get(USUAL);
    LimitSet named = name == null ? usual : sets.getOrDefault(name, usual);
    if (named == null) {
      throw new IllegalStateException("The usual limits are missing");
    }
    return named;
  }
}
