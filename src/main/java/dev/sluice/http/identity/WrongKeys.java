package dev.sluice.http.identity;

import dev.sluice.config.IpAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how often wrong keys may come from one network, which is an IPv4 address or the first 64
 * bits of an IPv6 address: ten in any minute. Beyond the limit right and wrong keys are refused
 * alike, so that guessing on tells nothing. Callers that came from the same network within the last
 * day are still admitted, so that one guesser locks out nobody who shares its address.
 *
 * <p>Memory is bounded. If more networks than fit send wrong keys in one minute, the later ones
 * share one limit. If more callers than fit came within a day, the ones that are away longest lose
 * their exemption.
 *
 * <p>Safe for all event loops at once.
 */
public final class WrongKeys {
  static final int LIMIT = 10;
  static final int MOST_NETWORKS = 16_384;
  static final int MOST_CALLERS = 16_384;

  private static final int NETWORK_BITS = 64;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  /** Counts the networks for which there is no room. */
  private static final IpAddress OTHERS = new IpAddress(0, 0);

  private final LongSupplier nanoTime;

  /** In order of the latest wrong key, so that those whose minute is over come first. */
  private final Map<IpAddress, Attempts> networks = new LinkedHashMap<>();

  /** When callers were last admitted, in that order. */
  private final Map<Visit, Long> visits = new LinkedHashMap<>(16, 0.75f, true);

  private record Visit(IpAddress network, ClientId caller) {}

  /** The times of a network's latest wrong keys, as a ring. */
  private static final class Attempts {
    private final long[] times = new long[LIMIT];
    private int count;

    void add(long now) {
      times[count++ % LIMIT] = now;
      if (count == 2 * LIMIT) {
        count = LIMIT;
      }
    }

    /** Nanoseconds until the oldest of the latest ten is a minute old; 0 if there are fewer. */
    long untilNext(long now) {
      return count < LIMIT ? 0 : Math.max(0, times[count % LIMIT] + MINUTE - now);
    }

    boolean isOver(long now) {
      return now - times[(count - 1) % LIMIT] >= MINUTE;
    }
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public WrongKeys(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * A right key came.
   *
   * @return 0 if its holder may come in, else how many seconds to wait
   */
  public synchronized long right(IpAddress address, ClientId caller) {
    long now = nanoTime.getAsLong();
    IpAddress network = network(address);
    Visit visit = new Visit(network, caller);
    Long last = visits.get(visit);
    long wait = wait(network, now);
    if (wait > 0 && (last == null || now - last >= DAY)) {
      return seconds(wait);
    }
    visits.put(visit, now);
    if (visits.size() > MOST_CALLERS) {
      removeFirst(visits);
    }
    return 0;
  }

  /**
   * A wrong key came. Beyond the limit it is not counted, so that the wait is true.
   *
   * @return 0 if it may be called wrong, else how many seconds to wait
   */
  public synchronized long wrong(IpAddress address) {
    long now = nanoTime.getAsLong();
    IpAddress network = network(address);
    long wait = wait(network, now);
    if (wait > 0) {
      return seconds(wait);
    }
    IpAddress slot = slot(network);
    Attempts before = networks.remove(slot);
    Attempts attempts = before == null ? new Attempts() : before;
    attempts.add(now);
    networks.put(slot, attempts);
    return 0;
  }

  private long wait(IpAddress network, long now) {
    dropOver(now);
    Attempts attempts = networks.get(slot(network));
    return attempts == null ? 0 : attempts.untilNext(now);
  }

  private IpAddress slot(IpAddress network) {
    return networks.size() < MOST_NETWORKS || networks.containsKey(network) ? network : OTHERS;
  }

  private void dropOver(long now) {
    Iterator<Attempts> oldest = networks.values().iterator();
    while (oldest.hasNext() && oldest.next().isOver(now)) {
      oldest.remove();
    }
  }

  private static void removeFirst(Map<?, ?> map) {
    Iterator<?> first = map.keySet().iterator();
    first.next();
    first.remove();
  }

  private static IpAddress network(IpAddress address) {
    return address.isIpv4() ? address : address.prefix(NETWORK_BITS);
  }

  private static long seconds(long nanos) {
    return Math.max(1, (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
  }
}
