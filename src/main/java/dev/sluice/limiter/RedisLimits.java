package dev.sluice.limiter;

import dev.sluice.chat.Cost;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that several gateways share. Each client is one key, hence in one slot of a cluster,
 * and each question is one script, hence atomic; its clock is that of Redis alone.
 *
 * <p>A call that failed may have been carried out: then its request stays spent. It is never sent
 * again, since that could spend it twice.
 */
final class RedisLimits {
  private static final RedisScript LOG = RedisScript.load("account.lua", "sliding-log.lua");
  private static final RedisScript COUNTER = RedisScript.load("account.lua", "sliding-counter.lua");
  private static final int ID = 16;
  private static final int HEAD = 3;

  private final RedisLink link;
  private final Quota quota;
  private final RedisScript script;
  private final String prefix;
  private final List<String> quotaArguments;
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
    this.prefix = (quota.isExact() ? "sluice:log:2:" : "sluice:counter:2:") + set + ":";
    this.quotaArguments = quotaArguments(quota);
  }

  /** Begins a chat if there is room for it. */
  Future<Reply> take(String client, String id, Cost estimate) {
    return ask("take", client, id, 0, estimate);
  }

  Future<Reply> peek(String client) {
    return ask("peek", client, "", 0, Cost.NONE);
  }

  /** Gives back the request of that stamp, and what was held for it. */
  Future<Reply> refund(String client, String id, long stamp) {
    return ask("refund", client, id, stamp, Cost.NONE);
  }

  /** A chat is over, and has cost that much. */
  Future<Reply> settle(String client, String id, Cost cost) {
    return ask("settle", client, id, 0, cost);
  }

  /** A chat still runs. */
  Future<Reply> renew(String client, String id, long stamp, Cost held) {
    return ask("renew", client, id, stamp, held);
  }

  private Future<Reply> ask(String action, String client, String id, long stamp, Cost cost) {
    List<String> arguments = new ArrayList<>(quotaArguments.size() + 6);
    arguments.add(action);
    arguments.add(id.length() == ID ? id : (id + "                ").substring(0, ID));
    arguments.add(Long.toString(stamp));
    arguments.add(Long.toString(cost.tokens()));
    arguments.add(Long.toString(cost.microdollars()));
    arguments.addAll(quotaArguments);
    if (clock != null) {
      arguments.add(clock.toString());
    }
    return script.run(link, prefix + client, arguments).map(this::reply);
  }

  private static List<String> quotaArguments(Quota quota) {
    List<Long> numbers = new ArrayList<>();
    numbers.add(Quota.LEASE.toMillis());
    numbers.add((long) quota.streams());
    numbers.add((long) quota.size());
    for (int i = 0; i < quota.size(); i++) {
      numbers.add((long) quota.requests(i));
      numbers.add(quota.window(i));
    }
    int budgets = quota.budgets().isNone() ? 0 : Budgets.SIZE;
    numbers.add((long) budgets);
    for (int i = 0; i < budgets; i++) {
      numbers.add(quota.budgets().most(i));
      numbers.add(Budgets.window(i));
    }
    return numbers.stream().map(String::valueOf).toList();
  }

  private Reply reply(Response response) {
    Verdict verdict = Verdict.blank(quota);
    for (int i = 0; i < verdict.remaining().length; i++) {
      verdict.remaining()[i] = response.get(HEAD + 3 * i).toLong();
      verdict.resets()[i] = response.get(HEAD + 1 + 3 * i).toLong();
      verdict.waits()[i] = response.get(HEAD + 2 + 3 * i).toLong();
    }
    return new Reply(response.get(0).toInteger() == 1, response.get(1).toLong(), verdict);
  }
}
