package dev.sluice.http.connection;

import dev.sluice.config.IpAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection from its accept to its close. It counts as idle until a whole request has
 * arrived on it, so that a handshake, a head or a body that never ends protects nothing.
 *
 * <p>The connection's event loop writes it; the acceptor's thread reads it.
 */
public final class AcceptedConnection {
  private static final long NONE = 0;

  private final Channel channel;
  private final @Nullable IpAddress network;
  private final boolean surplus;
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile long idleSince = System.nanoTime();
  private volatile boolean evicted;
  private long headSince = NONE;

  /**
   * @param network the client's address, an IPv6 address by its first 64 bits; null for a trusted
   *     proxy
   * @param surplus whether it was accepted beyond the limit, to be answered and closed
   */
  AcceptedConnection(Channel channel, @Nullable IpAddress network, boolean surplus) {
    this.channel = channel;
    this.network = network;
    this.surplus = surplus;
  }

  @Nullable IpAddress network() {
    return network;
  }

  /** Whether the connection exceeds the limit: only health is answered on it. */
  public boolean isSurplus() {
    return surplus;
  }

  /** A request on it is complete and will be answered. */
  public void acceptRequest() {
    accepted.incrementAndGet();
  }

  /** The response to an accepted request is over. */
  public void endRequest() {
    idleSince = System.nanoTime();
    accepted.decrementAndGet();
  }

  /** Whether it may be closed for another. */
  boolean isIdle() {
    return !evicted && accepted.get() == 0;
  }

  boolean isEvicted() {
    return evicted;
  }

  long idleSince() {
    return idleSince;
  }

  /** Closes it to make room for another, as soon as it has an event loop. */
  void evict() {
    evicted = true;
    if (channel.isRegistered()) {
      closeIfEvicted();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the table listens for the close
  void closeIfEvicted() {
    if (evicted) {
      channel.close();
    }
  }

  /** Bytes arrived; on the connection's event loop. */
  void bytesArrived() {
    if (headSince == NONE && accepted.get() == 0) {
      headSince = System.nanoTime();
    }
  }

  /** The head of a request is complete; on the connection's event loop. */
  void headArrived() {
    headSince = NONE;
  }

  /** Whether a head is under way that began before {@code instant}, by {@code System.nanoTime}. */
  boolean headBeganBefore(long instant) {
    return headSince != NONE && headSince - instant < 0;
  }

  ChannelPipeline pipeline() {
    return channel.pipeline();
  }
}
