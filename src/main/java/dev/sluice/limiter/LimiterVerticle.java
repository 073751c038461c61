package dev.sluice.limiter;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.GatewayException;
import dev.sluice.bus.LimiterQuestion;
import dev.sluice.chat.Admission;
import dev.sluice.chat.Denied;
import dev.sluice.chat.LimiterHealth;
import dev.sluice.chat.PeekPermits;
import dev.sluice.chat.Permit;
import dev.sluice.chat.RefundPermit;
import dev.sluice.chat.SettlePermit;
import dev.sluice.chat.TakePermit;
import dev.sluice.config.Config;
import dev.sluice.config.LimitsConfig;
import dev.sluice.telemetry.ChatMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers at {@link Addresses#LIMITER}. One in each process, since what it counts is in it. */
public final class LimiterVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(LimiterVerticle.class);
  private static final int FAILED = 500;

  /** Each second a part of the chats under way is renewed, so each of them every ten seconds. */
  private static final long RENEWAL_MILLIS = 1_000;

  private static final int PARTS = 10;

  private LimitsConfig config;
  private int part;
  private final LongSupplier clock = clock();
  private final RedisWatch watch = new RedisWatch(clock);
  private volatile @Nullable RedisLink link;

  /**
   * @param meters are told whether Redis counts, if it is to
   */
  public LimiterVerticle(LimitsConfig config, ChatMeters meters) {
    this.config = config;
    meters.gauge(
        "sluice.limiter.breaker.open",
        "1 while Redis is to count and is not even asked",
        () -> link != null && !link.isOpen() ? 1 : 0);
    meters.gauge(
        "sluice.limiter.degraded",
        "1 while Redis is to count and does not",
        () -> this.config.redis().url() != null && watch.reason() != null ? 1 : 0);
  }

  /** The time of day when it is made, and from then on a clock that nobody sets. */
  private static LongSupplier clock() {
    long base = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    return () -> base + TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Does not wait for Redis: a gateway starts without it. */
  @Override
  public Future<?> start() {
    if (config.redis().url() != null) {
      link = new RedisLink(vertx, config.redis(), watch);
      link.open();
    }
    Limiter limiter = new Limiter(config, link, clock);
    vertx.setPeriodic(
        RENEWAL_MILLIS,
        timer -> {
          limiter.renew(part++ % PARTS, PARTS);
          watch.tick();
        });
    MessageConsumer<Record> questions =
        vertx
            .eventBus()
            .<Record>localConsumer(Addresses.LIMITER)
            .handler(message -> answer(limiter, message));
    MessageConsumer<Config> news =
        vertx
            .eventBus()
            .<Config>localConsumer(Addresses.SETTINGS)
            .handler(message -> change(limiter, message.body()));
    return Future.all(questions.completion(), news.completion());
  }

  @Override
  public Future<?> stop() {
    if (link != null) {
      link.close();
    }
    return Future.succeededFuture();
  }

  private void change(Limiter limiter, Config latest) {
    config = latest.allLimits();
    limiter.change(config);
  }

  private void answer(Limiter limiter, Message<Record> message) {
    if (message.body() instanceof TakePermit question) {
      reply(message, limiter.take(question).map(admission -> shadowed(question, admission)));
    } else if (message.body() instanceof PeekPermits question) {
      reply(message, limiter.peek(question));
    } else if (message.body() instanceof RefundPermit refund) {
      limiter.refund(refund.ticket());
    } else if (message.body() instanceof SettlePermit settled) {
      limiter.settle(settled.ticket(), settled.cost());
    } else if (message.body() instanceof LimiterQuestion) {
      message.reply(health());
    }
  }

  private static void reply(Message<Record> question, Future<?> answer) {
    answer.onComplete(
        question::reply,
        cause -> {
          if (cause instanceof GatewayException failure) {
            question.reply(failure);
          } else {
            question.fail(FAILED, "the limiter failed");
          }
        });
  }

  private Admission shadowed(TakePermit question, Admission admission) {
    if (!config.shadow() || !(admission instanceof Denied denied)) {
      return admission;
    }
    log.atInfo()
        .addKeyValue("request", question.requestId())
        .log("would be refused by the limit per {}", denied.by().name());
    return new Permit(denied.states(), null);
  }

  private LimiterHealth health() {
    String reason = link == null ? null : watch.reason();
    return new LimiterHealth(true, reason == null ? null : "Redis: " + reason);
  }
}
