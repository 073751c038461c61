package dev.sluice.http.connection;

import dev.sluice.config.IpAddress;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, and the decision on each new one. At a limit the longest idle connections
 * make room; where none is idle a few more are accepted, so that health is still answered and all
 * else gets a 503; beyond those a connection is refused.
 *
 * <p>Safe for all threads.
 */
final class ConnectionTable {
  /** Connections beyond the limit that are accepted to be told so. */
  private static final int SURPLUS = 8;

  /** Connections that may be about to be closed while new ones are accepted. */
  private static final int CLOSING = 8;

  /** Evicts in batches: the search for the longest idle costs one pass over all connections. */
  private static final int BATCH_SHARE = 128;

  private static final int IPV6_NETWORK_BITS = 64;

  private final Map<SocketAddress, AcceptedConnection> open = new HashMap<>();
  private final Map<IpAddress, Integer> perAddress = new HashMap<>();
  private ConnectionBounds bounds = ConnectionBounds.NONE;
  private final Runnable closed;
  private int evicted;

  /**
   * @param closed runs each time that a connection is closed
   */
  ConnectionTable(Runnable closed) {
    this.closed = closed;
  }

  /** The decision on a new connection. */
  enum Verdict {
    /** Below all limits. */
    ACCEPTED,
    /** Accepted because idle connections were closed for it. */
    MADE_ROOM,
    /** Accepted to be told that there is no room. */
    SURPLUS,
    /** Refused: too many connections in total. */
    REFUSED_TOTAL,
    /** Refused: too many connections of its address. */
    REFUSED_ADDRESS
  }

  synchronized void bound(ConnectionBounds bounds) {
    this.bounds = bounds;
  }

  synchronized int limit() {
    return bounds.total();
  }

  /** Connections that are open and not about to be closed. */
  synchronized int size() {
    return open.size() - evicted;
  }

  /** Whether connections that are about to be closed hold too many descriptors to accept more. */
  synchronized boolean isClosingMany() {
    return evicted > CLOSING;
  }

  synchronized @Nullable AcceptedConnection find(SocketAddress remote) {
    return open.get(remote);
  }

  /**
   * Decides on a connection that was just accepted by the kernel, and keeps it unless it is
   * refused.
   *
   * @param address null if it is not known any more
   */
  synchronized Verdict admit(Channel channel, SocketAddress remote, @Nullable IpAddress address) {
    IpAddress network = network(address);
    Verdict verdict = verdict(network);
    if (verdict != Verdict.REFUSED_ADDRESS && verdict != Verdict.REFUSED_TOTAL) {
      keep(new AcceptedConnection(channel, network, verdict == Verdict.SURPLUS), remote, channel);
    }
    return verdict;
  }

  private @Nullable IpAddress network(@Nullable IpAddress address) {
    if (address == null || bounds.isTrusted(address)) {
      return null;
    }
    return address.isIpv4() ? address : address.prefix(IPV6_NETWORK_BITS);
  }

  private Verdict verdict(@Nullable IpAddress network) {
    boolean crowded = network != null && perAddress.getOrDefault(network, 0) >= bounds.perAddress();
    if (crowded && !evict(connection -> Objects.equals(network, connection.network()), 1)) {
      return Verdict.REFUSED_ADDRESS;
    }
    if (size() < bounds.total()) {
      return crowded ? Verdict.MADE_ROOM : Verdict.ACCEPTED;
    }
    int wanted = size() - bounds.total() + 1;
    evict(connection -> true, wanted + bounds.total() / BATCH_SHARE);
    if (size() < bounds.total()) {
      return Verdict.MADE_ROOM;
    }
    return size() < bounds.total() + SURPLUS ? Verdict.SURPLUS : Verdict.REFUSED_TOTAL;
  }

  /** Closes the longest idle connections among {@code candidates}; false if none is idle. */
  private boolean evict(Predicate<AcceptedConnection> candidates, int most) {
    List<AcceptedConnection> idle = longestIdle(open.values().stream().filter(candidates), most);
    idle.forEach(this::evict);
    return !idle.isEmpty();
  }

  private static List<AcceptedConnection> longestIdle(Stream<AcceptedConnection> all, int most) {
    long now = System.nanoTime();
    return all.filter(AcceptedConnection::isIdle)
        .sorted(Comparator.comparingLong(connection -> connection.idleSince() - now))
        .limit(most)
        .toList();
  }

  private void evict(AcceptedConnection connection) {
    evicted++;
    count(connection, -1);
    connection.evict();
  }

  private void keep(AcceptedConnection connection, SocketAddress remote, Channel channel) {
    open.put(remote, connection);
    count(connection, 1);
    channel.closeFuture().addListener(closed -> forget(remote, connection));
  }

  private void forget(SocketAddress remote, AcceptedConnection connection) {
    synchronized (this) {
      open.remove(remote, connection);
      if (connection.isEvicted()) {
        evicted--;
      } else {
        count(connection, -1);
      }
    }
    closed.run();
  }

  private void count(AcceptedConnection connection, int more) {
    Optional.ofNullable(connection.network())
        .ifPresent(
            network ->
                perAddress.compute(
                    network,
                    (any, before) -> {
                      int count = Objects.requireNonNullElse(before, 0) + more;
                      return count == 0 ? null : count;
                    }));
  }
}
