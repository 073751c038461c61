package dev.sluice.limiter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Cost;
import dev.sluice.chat.Limit;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.Secret;
import dev.sluice.limiter.Visits.Kind;
import dev.sluice.limiter.Visits.Outcome;
import dev.sluice.upstream.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The scripts in a real Redis say what the Java says. */
class ScriptsTest {
  private static RedisServer server;
  private static Vertx vertx;
  private static RedisLink link;
  private static int clients;

  @BeforeContainer
  static void connect() {
    server = RedisServer.start();
    vertx = Vertx.vertx();
    RedisConfig config =
        new RedisConfig(
            new Secret(server.url()), null, Duration.ofSeconds(20), 1, RedisConfig.WhenAway.LOCAL);
    link = new RedisLink(vertx, config, new RedisWatch(System::currentTimeMillis));
    vertx.runOnContext(go -> link.open());
    Waiting.until("connected", link::isOpen);
  }

  @AfterContainer
  static void disconnect() throws Exception {
    if (server != null) {
      vertx.close().await(20, SECONDS);
      server.close();
    }
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void theLogIsTheSameInLuaAndInJava(@ForAll("exact") Visits visits) throws Exception {
    saysTheSame(visits);
  }

  @Property(tries = 800, shrinking = ShrinkingMode.BOUNDED)
  void theCounterIsTheSameInLuaAndInJava(@ForAll("large") Visits visits) throws Exception {
    saysTheSame(visits);
  }

  private static void saysTheSame(Visits visits) throws Exception {
    List<Outcome> expected = visits.play();
    assertThat(inRedis(visits.quota(), expected)).isEqualTo(texts(expected));
  }

  @Provide
  Arbitrary<Visits> exact() {
    return Visits.any(false);
  }

  @Provide
  Arbitrary<Visits> large() {
    return Visits.any(true);
  }

  @Example
  void aValueThatIsNotOursIsReplaced() throws Exception {
    Quota quota = new Quota(List.of(new Limit("minute", 1, Duration.ofMinutes(1))));
    RedisLimits limits = new RedisLimits(link, quota, "");
    server.say("LPUSH sluice:log:2::list a");
    server.say("SET sluice:log:2::cut abc");
    for (String client : List.of("list", "cut")) {
      assertThat(limits.take(client, "id", Cost.NONE).await(20, SECONDS).admitted()).isTrue();
      assertThat(limits.take(client, "id", Cost.NONE).await(20, SECONDS).admitted()).isFalse();
    }
  }

  @Example
  void aClientIsForgottenAfterTheLongestWindowAndARefusalDoesNotPutThatOff() throws Exception {
    Quota quota = new Quota(List.of(new Limit("day", 1, Duration.ofDays(1))));
    RedisLimits limits = new RedisLimits(link, quota, "");
    limits.peek("ttl").await(20, SECONDS);
    assertThat(server.say("EXISTS sluice:log:2::ttl")).isEqualTo(":0");
    limits.take("ttl", "id", Cost.NONE).await(20, SECONDS);
    server.say("PEXPIRE sluice:log:2::ttl 5000000");
    assertThat(limits.take("ttl", "id", Cost.NONE).await(20, SECONDS).admitted()).isFalse();
    assertThat(Long.parseLong(server.say("PTTL sluice:log:2::ttl").substring(1)))
        .isBetween(1L, 5_000_000L);
  }

  @Example
  void aForgottenScriptIsToldAgain() throws Exception {
    Quota quota = new Quota(List.of(new Limit("day", 100, Duration.ofDays(1))));
    RedisLimits limits = new RedisLimits(link, quota, "");
    for (int i = 1; i <= 5; i++) {
      server.say("SCRIPT FLUSH");
      RedisLimits.Reply reply = limits.take("flushed", "id" + i, Cost.NONE).await(20, SECONDS);
      assertThat(reply.verdict().remaining()).containsExactly(100L - i);
    }
  }

  private static List<String> texts(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::text).toList();
  }

  /** Says the same to Redis, all at once: one connection keeps the order. */
  private static List<String> inRedis(Quota quota, List<Outcome> expected) throws Exception {
    String client = "client" + clients++;
    List<Future<String>> answers = new ArrayList<>();
    for (Outcome visit : expected) {
      RedisLimits limits = new RedisLimits(link, quota, "", visit.now());
      answers.add(ask(limits, client, visit).map(reply -> text(visit, reply)));
    }
    List<String> texts = new ArrayList<>();
    for (Future<String> answer : answers) {
      texts.add(answer.await(20, SECONDS));
    }
    return texts;
  }

  private static Future<RedisLimits.Reply> ask(RedisLimits limits, String client, Outcome visit) {
    Visits.Chat chat = visit.chat();
    if (visit.kind() == Kind.TAKE) {
      return limits.take(client, chat == null ? "refused" : chat.id(), visit.cost());
    }
    if (chat == null) {
      return limits.peek(client);
    }
    return switch (visit.kind()) {
      case REFUND -> limits.refund(client, chat.id(), chat.stamp());
      case SETTLE -> limits.settle(client, chat.id(), visit.cost());
      case RENEW -> limits.renew(client, chat.id(), chat.begun(), chat.held());
      default -> limits.peek(client);
    };
  }

  private static String text(Outcome visit, RedisLimits.Reply reply) {
    boolean taken = visit.kind() == Kind.TAKE && reply.admitted();
    return new Outcome(
            visit.kind(), visit.now(), visit.chat(), visit.cost(), taken, reply.verdict())
        .text();
  }
}
