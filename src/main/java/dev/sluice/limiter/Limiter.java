package dev.sluice.limiter;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Admission;
import dev.sluice.chat.Cost;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.PeekPermits;
import dev.sluice.chat.Permit;
import dev.sluice.chat.Standing;
import dev.sluice.chat.TakePermit;
import dev.sluice.chat.Ticket;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  private final @Nullable RedisLink link;
  private final LongSupplier clock;

  /** The chats under way that have to be renewed, by their ids. */
  private final Map<String, Ticket> underWay = new LinkedHashMap<>();

  private Map<String, LimitSet> sets = Map.of();
  private WhenAway whenAway = WhenAway.LOCAL;

  /**
   * @param link to the Redis that counts for several gateways, or null
   * @param clock milliseconds
   */
  Limiter(LimitsConfig config, @Nullable RedisLink link, LongSupplier clock) {
    this.link = link;
    this.clock = clock;
    change(config);
  }

  /** From now on other limits hold; nothing that was counted is forgotten. */
  void change(LimitsConfig config) {
    int gateways = config.redis().gateways();
    Map<String, LimitSet> latest = new HashMap<>();
    latest.put(USUAL, LimitSet.of(USUAL, config.rates(), gateways, link, sets.get(USUAL)));
    config
        .sets()
        .forEach(
            (name, rates) ->
                latest.put(name, LimitSet.of(name, rates, gateways, link, sets.get(name))));
    sets = Map.copyOf(latest);
    whenAway = config.redis().whenAway();
  }

  /** Fails with a {@link GatewayException} if Redis is away and nothing may happen without it. */
  Future<Admission> take(TakePermit question) {
    LimitSet set = set(question.limits());
    long now = clock.getAsLong();
    Verdict own = set.local().look(question.client(), set.quota(), question.estimate(), now);
    RedisLimits shared = set.shared();
    if (shared == null || !own.admits()) {
      return Future.succeededFuture(counted(set, set.quota(), question));
    }
    return shared
        .take(question.client(), question.requestId(), question.estimate())
        .map(reply -> shared(set, question, now, reply))
        .recover(away -> alone(set, question));
  }

  private Admission shared(LimitSet set, TakePermit question, long now, RedisLimits.Reply reply) {
    if (!reply.admitted()) {
      return reply.verdict().denied();
    }
    long stamp = begin(set, question, now);
    return new Permit(reply.verdict().states(), ticket(set, question, stamp, reply.stamp()));
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
    long now = clock.getAsLong();
    Verdict verdict = set.local().look(question.client(), quota, question.estimate(), now);
    return verdict.admits() ? spent(set, quota, question) : verdict.denied();
  }

  private Admission spent(LimitSet set, Quota quota, TakePermit question) {
    long now = clock.getAsLong();
    long stamp = begin(set, question, now);
    Verdict after = set.local().look(question.client(), quota, Cost.NONE, now);
    return new Permit(after.states(), ticket(set, question, stamp, null));
  }

  private static long begin(LimitSet set, TakePermit question, long now) {
    return set.local().begin(question.client(), question.requestId(), question.estimate(), now);
  }

  private Ticket ticket(LimitSet set, TakePermit question, long stamp, @Nullable Long sharedStamp) {
    Ticket ticket =
        new Ticket(
            question.client(),
            question.limits(),
            question.requestId(),
            stamp,
            sharedStamp,
            question.estimate());
    if (set.quota().tracks()) {
      underWay.put(ticket.requestId(), ticket);
    }
    return ticket;
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
    return set.local().look(question.client(), quota, Cost.NONE, clock.getAsLong());
  }

  /** What cannot be given back because Redis is away stays spent there. */
  void refund(Ticket ticket) {
    LimitSet set = set(ticket.limits());
    underWay.remove(ticket.requestId());
    set.local().refund(ticket.client(), ticket.requestId(), ticket.stamp(), clock.getAsLong());
    if (set.shared() != null && ticket.sharedStamp() != null) {
      set.shared().refund(ticket.client(), ticket.requestId(), ticket.sharedStamp());
    }
  }

  /** A chat is over. Where Redis is away, what was held for it there stays spent. */
  void settle(Ticket ticket, Cost cost) {
    if (underWay.remove(ticket.requestId()) == null) {
      return;
    }
    LimitSet set = set(ticket.limits());
    set.local().settle(ticket.client(), ticket.requestId(), cost, clock.getAsLong());
    if (set.shared() != null && ticket.sharedStamp() != null) {
      set.shared().settle(ticket.client(), ticket.requestId(), cost);
    }
  }

  /**
   * Says of one part of the chats under way that they still are. All parts have to be renewed in
   * less than {@link Quota#LEASE}; parts, so that Redis is not asked for thousands at once.
   *
   * @param part from 0 to {@code parts - 1}
   */
  void renew(int part, int parts) {
    long now = clock.getAsLong();
    for (Ticket ticket : underWay.values()) {
      if (Math.floorMod(ticket.requestId().hashCode(), parts) == part) {
        renew(set(ticket.limits()), ticket, now);
      }
    }
  }

  private static void renew(LimitSet set, Ticket ticket, long now) {
    set.local().renew(ticket.client(), ticket.requestId(), ticket.held(), ticket.stamp(), now);
    if (set.shared() != null && ticket.sharedStamp() != null) {
      set.shared().renew(ticket.client(), ticket.requestId(), ticket.sharedStamp(), ticket.held());
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
