package dev.sluice.limiter;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.Bus;
import dev.sluice.bus.LimiterQuestion;
import dev.sluice.bus.Permits;
import dev.sluice.bus.RecordCodec;
import dev.sluice.chat.Admission;
import dev.sluice.chat.Cost;
import dev.sluice.chat.LimiterHealth;
import dev.sluice.chat.PeekPermits;
import dev.sluice.chat.Standing;
import dev.sluice.chat.TakePermit;
import dev.sluice.chat.Ticket;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.Rates;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import dev.sluice.config.Secret;
import dev.sluice.telemetry.ChatMeters;
import dev.sluice.telemetry.GenAiNames;
import dev.sluice.upstream.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One gateway's limiter, on a bus of its own. */
final class Gate implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();

  Gate(LimitsConfig config) throws Exception {
    RecordCodec.register(vertx);
    vertx
        .deployVerticle(new LimiterVerticle(config, new ChatMeters(GenAiNames.V1_41)))
        .await(20, SECONDS);
  }

  static RedisConfig redis(String url, Duration deadline, int gateways, WhenAway whenAway) {
    return new RedisConfig(new Secret(url), null, deadline, gateways, whenAway);
  }

  /** So many requests in any minute, hour and day. */
  static LimitsConfig limits(int requests, RedisConfig redis) {
    return new LimitsConfig(new Rates(requests, requests, requests), false, Map.of(), redis);
  }

  Future<Admission> taking(String client) {
    return Permits.take(
        vertx, new TakePermit(client, "r-" + asked.incrementAndGet(), null, Cost.NONE));
  }

  Admission take(String client) throws Exception {
    return taking(client).await(20, SECONDS);
  }

  Admission take(String client, String set) throws Exception {
    return Permits.take(
            vertx, new TakePermit(client, "r-" + asked.incrementAndGet(), set, Cost.NONE))
        .await(20, SECONDS);
  }

  Standing peek(String client) throws Exception {
    return Permits.peek(vertx, new PeekPermits(client, null)).await(20, SECONDS);
  }

  Admission take(String client, Cost estimate) throws Exception {
    return Permits.take(
            vertx, new TakePermit(client, "r-" + asked.incrementAndGet(), null, estimate))
        .await(20, SECONDS);
  }

  void settle(Ticket ticket, Cost cost) {
    Permits.settle(vertx, ticket, cost);
  }

  /** From now on the limits of these settings hold. */
  void change(String yaml) {
    Bus.publish(vertx, Addresses.SETTINGS, ConfigReader.read("test", yaml, Map.of()));
  }

  void refund(Ticket ticket) {
    Permits.refund(vertx, ticket);
  }

  LimiterHealth health() {
    try {
      return Bus.<LimiterHealth>ask(vertx, Addresses.LIMITER, new LimiterQuestion())
          .await(20, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  void awaitRedis() {
    Waiting.until("Redis counts", Duration.ofSeconds(20), () -> health().degraded() == null);
  }

  void awaitDegraded() {
    Waiting.until("Redis is away", Duration.ofSeconds(20), () -> health().degraded() != null);
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(20, SECONDS);
  }
}
