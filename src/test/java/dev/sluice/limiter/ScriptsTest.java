package dev.sluice.limiter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Limit;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.Secret;
import dev.sluice.limiter.Schedule.Kind;
import dev.sluice.limiter.Schedule.Outcome;
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
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The scripts in a real Redis say what the Java says. */
class ScriptsTest {
  private static final Limit LARGE = new Limit("large", 1_001, Duration.ofHours(1));

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
            new Secret(server.url()), Duration.ofSeconds(20), 1, RedisConfig.WhenAway.LOCAL);
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

  @Property(tries = 1_500)
  void theLogIsTheSameInLuaAndInJava(@ForAll("schedules") Schedule schedule) throws Exception {
    assertThat(inRedis(schedule, schedule.play(new SlidingLog())))
        .isEqualTo(texts(schedule.play(new SlidingLog())));
  }

  @Property(tries = 500)
  void theCounterIsTheSameInLuaAndInJava(@ForAll("schedules") Schedule small) throws Exception {
    Schedule schedule = small.with(LARGE);
    int size = schedule.quota().size();
    List<Outcome> expected = schedule.play(new SlidingCounter(size));
    assertThat(inRedis(schedule, expected)).isEqualTo(texts(expected));
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedule.any(12, 60, 60_000);
  }

  @Example
  void aValueThatIsNotOursIsReplaced() throws Exception {
    Quota quota = new Quota(List.of(new Limit("minute", 1, Duration.ofMinutes(1))));
    RedisLimits limits = new RedisLimits(link, quota, "");
    server.say("LPUSH sluice:log:1::list a");
    server.say("SET sluice:log:1::cut abc");
    for (String client : List.of("list", "cut")) {
      assertThat(limits.take(client).await(20, SECONDS).admitted()).isTrue();
      assertThat(limits.take(client).await(20, SECONDS).admitted()).isFalse();
    }
  }

  @Example
  void aClientIsForgottenAfterTheLongestWindowAndARefusalDoesNotPutThatOff() throws Exception {
    Quota quota = new Quota(List.of(new Limit("day", 1, Duration.ofDays(1))));
    RedisLimits limits = new RedisLimits(link, quota, "");
    limits.peek("ttl").await(20, SECONDS);
    assertThat(server.say("EXISTS sluice:log:1::ttl")).isEqualTo(":0");
    limits.take("ttl").await(20, SECONDS);
    server.say("PEXPIRE sluice:log:1::ttl 5000000");
    assertThat(limits.take("ttl").await(20, SECONDS).admitted()).isFalse();
    assertThat(Long.parseLong(server.say("PTTL sluice:log:1::ttl").substring(1)))
        .isBetween(1L, 5_000_000L);
  }

  @Example
  void aForgottenScriptIsToldAgain() throws Exception {
    Quota quota = new Quota(List.of(new Limit("day", 100, Duration.ofDays(1))));
    RedisLimits limits = new RedisLimits(link, quota, "");
    for (int i = 1; i <= 5; i++) {
      server.say("SCRIPT FLUSH");
      RedisLimits.Reply reply = limits.take("flushed").await(20, SECONDS);
      assertThat(reply.verdict().remaining()).containsExactly(100 - i);
    }
  }

  private static List<String> texts(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::text).toList();
  }

  /** Says the same to Redis, all at once: one connection keeps the order. */
  private static List<String> inRedis(Schedule schedule, List<Outcome> expected) throws Exception {
    String client = "client" + clients++;
    List<Future<String>> answers = new ArrayList<>();
    for (Outcome step : expected) {
      RedisLimits limits = new RedisLimits(link, schedule.quota(), "", step.now());
      answers.add(ask(limits, client, step));
    }
    List<String> texts = new ArrayList<>();
    for (Future<String> answer : answers) {
      texts.add(answer.await(20, SECONDS));
    }
    return texts;
  }

  private static Future<String> ask(RedisLimits limits, String client, Outcome step) {
    if (step.kind() == Kind.REFUND && step.stamp() >= 0) {
      return limits.refund(client, step.stamp()).map(reply -> text(step, step.stamp(), reply));
    }
    if (step.kind() == Kind.TAKE) {
      return limits
          .take(client)
          .map(reply -> text(step, reply.admitted() ? reply.stamp() : -1, reply));
    }
    return limits.peek(client).map(reply -> text(step, -1, reply));
  }

  private static String text(Outcome step, long stamp, RedisLimits.Reply reply) {
    return new Outcome(step.kind(), step.now(), stamp, reply.verdict()).text();
  }
}
