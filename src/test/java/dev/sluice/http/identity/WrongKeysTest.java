package dev.sluice.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.IpAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongKeysTest {
  private static final IpAddress HERE = address("203.0.113.9");
  private static final ClientId ALICE = new ClientId("key_alice");
  private static final ClientId BOB = new ClientId("key_bob");

  private final AtomicLong clock = new AtomicLong(-5_000_000_000L);
  private final WrongKeys keys = new WrongKeys(clock::get);

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private void useUp(IpAddress address) {
    for (int i = 0; i < WrongKeys.LIMIT; i++) {
      assertThat(keys.wrong(address)).isZero();
    }
  }

  @Test
  void anyMinuteHasTenWrongKeysAndTheWaitIsTrue() {
    for (int i = 0; i < WrongKeys.LIMIT; i++) {
      assertThat(keys.wrong(HERE)).isZero();
      pass(Duration.ofSeconds(3));
    }
    assertThat(keys.wrong(HERE)).isEqualTo(30);
    assertThat(keys.right(HERE, ALICE)).isEqualTo(30);
    pass(Duration.ofSeconds(30).minusNanos(1));
    assertThat(keys.wrong(HERE)).isEqualTo(1);
    pass(Duration.ofNanos(1));
    assertThat(keys.wrong(HERE)).isZero();
    assertThat(keys.wrong(HERE)).isEqualTo(3);
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofMinutes(1));
      useUp(HERE);
      assertThat(keys.wrong(HERE)).isEqualTo(60);
    }
  }

  @Test
  void callerThatCameWithinADayIsAdmittedBeyondTheLimit() {
    assertThat(keys.right(HERE, ALICE)).isZero();
    pass(Duration.ofHours(23));
    useUp(HERE);
    assertThat(keys.right(HERE, ALICE)).isZero();
    assertThat(keys.right(HERE, BOB)).isPositive();
    pass(Duration.ofHours(24));
    useUp(HERE);
    assertThat(keys.right(HERE, ALICE)).isPositive();
  }

  @Test
  void exemptionHoldsOnlyWhereTheCallerCameFrom() {
    IpAddress there = address("203.0.113.10");
    assertThat(keys.right(there, ALICE)).isZero();
    useUp(HERE);
    assertThat(keys.right(HERE, ALICE)).isPositive();
    assertThat(keys.right(there, ALICE)).isZero();
  }

  @Test
  void first64BitsOfAnIpv6AddressAreTheNetwork() {
    useUp(address("2001:db8::1"));
    assertThat(keys.wrong(address("2001:db8::ffff:1"))).isPositive();
    assertThat(keys.wrong(address("2001:db8:0:1::1"))).isZero();
    assertThat(keys.wrong(address("::ffff:203.0.113.9"))).isZero();
  }

  @Test
  void networksForWhichThereIsNoRoomShareOneLimit() {
    useUp(HERE);
    for (int i = 1; i < WrongKeys.MOST_NETWORKS; i++) {
      assertThat(keys.wrong(new IpAddress(i, 0))).isZero();
    }
    for (int i = 0; i < WrongKeys.LIMIT; i++) {
      assertThat(keys.wrong(new IpAddress(1_000_000 + i, 0))).isZero();
    }
    assertThat(keys.wrong(new IpAddress(2_000_000, 0))).isPositive();
    assertThat(keys.wrong(new IpAddress(1, 0))).isZero();
    assertThat(keys.wrong(HERE)).isPositive();
    pass(Duration.ofMinutes(1));
    assertThat(keys.wrong(new IpAddress(2_000_000, 0))).isZero();
    assertThat(keys.wrong(HERE)).isZero();
  }

  @Test
  void callersThatAreAwayLongestLoseTheirExemption() {
    assertThat(keys.right(HERE, ALICE)).isZero();
    assertThat(keys.right(HERE, BOB)).isZero();
    for (int i = 2; i < WrongKeys.MOST_CALLERS; i++) {
      assertThat(keys.right(HERE, new ClientId("key_" + i))).isZero();
    }
    assertThat(keys.right(HERE, ALICE)).isZero();
    assertThat(keys.right(HERE, new ClientId("key_one_more"))).isZero();
    useUp(HERE);
    assertThat(keys.right(HERE, ALICE)).isZero();
    assertThat(keys.right(HERE, BOB)).isPositive();
  }
}
