package dev.sluice.limiter;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tallies that several gateways share. Each client is one key, hence in one slot of a cluster,
 * and each question is one script, hence atomic; its clock is that of Redis alone.
 *
 * <p>A call that failed may have been carried out: then its request stays spent. It is never sent
 * again, since that could spend it twice.
 */
final class RedisLimits {
  private static final RedisScript LOG = RedisScript.load("sliding-log.lua");
  private static final RedisScript COUNTER = RedisScript.load("sliding-counter.lua");
  private static final int NO_TICKET = -1;

  private final RedisLink link;
  private final Quota quota;
  private final RedisScript script;
  private final String prefix;
  private final @Nullable Long clock;

  /** What Redis answered: how the client stands, and when a request was spent if one was. */
  record Reply(boolean admitted, long stamp, Verdict verdict) {}

  /**
   * @param set the name of the quota, empty for the usual one
   */
  RedisLimits(RedisLink link, Quota quota, String set) {
    this(link, quota, set, null);
  }

  /**
   * @param clock the time that the scripts take instead of that of Redis; for tests
   */
  RedisLimits(RedisLink link, Quota quota, String set, @Nullable Long clock) {
    this.link = link;
    this.quota = quota;
    this.clock = clock;
    this.script = quota.isExact() ? LOG : COUNTER;
    this.prefix = (quota.isExact() ? "sluice:log:1:" : "sluice:counter:1:") + set + ":";
  }

  Future<Reply> take(String client) {
    return ask("take", client, NO_TICKET);
  }

  Future<Reply> peek(String client) {
    return ask("peek", client, NO_TICKET);
  }

  /** Gives back the request of that stamp; answers how the client stands then. */
  Future<Reply> refund(String client, long stamp) {
    return ask("refund", client, stamp);
  }

  private Future<Reply> ask(String action, String client, long ticket) {
    return script.run(link, prefix + client, arguments(action, ticket)).map(this::reply);
  }

  private List<Object> arguments(String action, long ticket) {
    List<Object> arguments = new ArrayList<>(2 * quota.size() + 4);
    arguments.add(action);
    arguments.add(quota.size());
    for (int i = 0; i < quota.size(); i++) {
      arguments.add(quota.requests(i));
      arguments.add(quota.window(i));
    }
    arguments.add(ticket);
    if (clock != null) {
      arguments.add(clock);
    }
    return arguments;
  }

  private Reply reply(Response response) {
    Verdict verdict = Verdict.blank(quota);
    for (int i = 0; i < quota.size(); i++) {
      verdict.remaining()[i] = response.get(2 + 3 * i).toInteger();
      verdict.resets()[i] = response.get(3 + 3 * i).toLong();
      verdict.waits()[i] = response.get(4 + 3 * i).toLong();
    }
    return new Reply(response.get(0).toInteger() == 1, response.get(1).toLong(), verdict);
  }
}
