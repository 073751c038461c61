package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.chat.Denied;
import dev.sluice.chat.Permit;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import dev.sluice.upstream.CapturedLog;
import dev.sluice.upstream.Waiting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** One gateway with a limit of five, and a Redis that fails. */
@Timeout(120)
class RedisFaultsTest {
  private static final int LIMIT = 5;

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final CapturedLog watch = new CapturedLog(RedisWatch.class);

  @BeforeEach
  void listen() {
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(logged);
    watch.close();
  }

  @Test
  void aRedisThatHangsIsGivenUpAndTakenBackWhenItMoves() throws Exception {
    try (RedisServer server = RedisServer.start();
        Gate gate = new Gate(limits(server.url()))) {
      gate.awaitRedis();
      server.pause();
      for (int i = 0; i < 50; i++) {
        admitsItsLimit(gate, "paused" + i);
      }
      gate.awaitDegraded();
      server.resume();
      gate.awaitRedis();
      admitsItsLimit(gate, "resumed");
    }
  }

  /** Five pay with their deadline, and after that one a second at most, whoever asks. */
  @Test
  void onlyTheFirstFewWaitForARedisThatHangs() throws Exception {
    try (RedisServer server = RedisServer.start();
        Gate gate = new Gate(limits(server.url()))) {
      gate.awaitRedis();
      gate.take("before");
      int before = server.scriptsRun();
      server.pause();
      long begin = System.nanoTime();
      for (int i = 0; i < 500; i++) {
        assertThat(gate.take("paused" + i)).isInstanceOf(Permit.class);
      }
      long seconds = (System.nanoTime() - begin) / 1_000_000_000 + 1;
      server.resume();
      gate.awaitRedis();
      assertThat((long) server.scriptsRun() - before).isLessThanOrEqualTo(5 + 2 * seconds);
    }
  }

  @Test
  void aRedisThatIsKilledComesBackAndALoneGatewayForgetsNothing() throws Exception {
    try (RedisServer server = RedisServer.start();
        Gate gate = new Gate(limits(server.url()))) {
      gate.awaitRedis();
      gate.take("a");
      server.kill();
      gate.take("a");
      gate.awaitDegraded();
      gate.take("a");
      server.begin();
      gate.awaitRedis();
      gate.take("a");
      assertThat(gate.take("a")).isInstanceOf(Permit.class);
      assertThat(gate.take("a")).isInstanceOf(Denied.class);
      assertThat(server.say("EXISTS sluice:log:2::a")).isEqualTo(":1");
      Waiting.until("its return is logged", Duration.ofSeconds(20), () -> lines().size() > 1);
      assertThat(lines()).hasSize(2);
      assertThat(lines().get(1)).contains("is back");
    }
  }

  @Test
  void aWrongPasswordIsOneLineInTheLogAndTheLineDoesNotTellIt() throws Exception {
    try (RedisServer server = RedisServer.start("--requirepass", "right-hush");
        Gate gate = new Gate(limits(server.urlWith("wrong-hush")))) {
      for (int i = 0; i < 20; i++) {
        admitsItsLimit(gate, "a" + i);
      }
      gate.awaitDegraded();
      assertThat(lines()).hasSize(1);
      assertThat(logged.list)
          .allSatisfy(
              event ->
                  assertThat(event.getFormattedMessage() + event.getThrowableProxy())
                      .doesNotContain("hush", "redis://"));
    }
  }

  @Test
  void theRightPasswordLetsIn() throws Exception {
    try (RedisServer server = RedisServer.start("--requirepass", "right-hush");
        Gate gate =
            new Gate(
                Gate.limits(
                    LIMIT,
                    Gate.redis(
                        server.urlWith("right-hush"),
                        Duration.ofSeconds(10),
                        1,
                        WhenAway.CLOSED)))) {
      gate.awaitRedis();
      admitsItsLimit(gate, "a");
      assertThat(gate.health().degraded()).isNull();
    }
  }

  @Test
  void aRedisWithoutMemoryIsNoRedis() throws Exception {
    try (RedisServer server =
            RedisServer.start("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");
        Gate gate = new Gate(limits(server.url()))) {
      gate.awaitRedis();
      for (int i = 0; i < 20; i++) {
        admitsItsLimit(gate, "a" + i);
      }
      assertThat(lines()).singleElement().asString().contains("its memory is full");
    }
  }

  @Test
  void aRedisThatIsBusyWithAScriptIsNoRedis() throws Exception {
    try (RedisServer server = RedisServer.start("--busy-reply-threshold", "20");
        Gate gate = new Gate(limits(server.url()))) {
      gate.awaitRedis();
      Thread script =
          new Thread(() -> server.says("EVAL \"while true do end\" 0", "never answered"));
      script.start();
      Waiting.until("it is busy", Duration.ofSeconds(10), () -> server.says("GET a", "BUSY"));
      for (int i = 0; i < 20; i++) {
        admitsItsLimit(gate, "a" + i);
      }
      gate.awaitDegraded();
      server.say("SCRIPT KILL");
      script.join();
      gate.awaitRedis();
      admitsItsLimit(gate, "afterwards");
      assertThat(lines()).filteredOn(line -> line.contains("unavailable")).hasSize(1);
    }
  }

  private static LimitsConfig limits(String url) {
    return Gate.limits(LIMIT, Gate.redis(url, Duration.ofMillis(50), 1, WhenAway.LOCAL));
  }

  private static void admitsItsLimit(Gate gate, String client) throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      assertThat(gate.take(client)).isInstanceOf(Permit.class);
    }
    assertThat(gate.take(client)).isInstanceOf(Denied.class);
  }

  private List<String> lines() {
    return watch.lines();
  }
}
