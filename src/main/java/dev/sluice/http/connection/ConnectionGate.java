package dev.sluice.http.connection;

import dev.sluice.config.HttpConfig;
import dev.sluice.config.IpAddress;
import dev.sluice.telemetry.ConnectionMeters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the accept of every server of a process and bounds the connections of clients, so
 * that descriptors and memory remain for the answers that are under way, for upstreams and for
 * health. Operators' ports have a bound of their own, which no client can use up.
 */
@Sharable
public final class ConnectionGate extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(ConnectionGate.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** The limit counts as reached for so long after a connection met it. */
  private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int OPERATORS = 64;

  /** How long accepting rests after the kernel had no descriptor for a connection. */
  private static final long REST_MILLIS = 200;

  private final Set<Channel> resting = new HashSet<>();
  private final ConnectionTable clients = new ConnectionTable(this::resume);
  private final ConnectionTable operators = new ConnectionTable(() -> {});
  private volatile @Nullable ConnectionMeters meters;
  private volatile int operatorsPort = -1;
  private volatile long lastFull = System.nanoTime() - QUIET_NANOS;
  private long lastLine = System.nanoTime() - QUIET_NANOS;

  /** Bounds the connections as {@code http} says; before that there is no bound. */
  public void bound(HttpConfig http, ConnectionMeters meters) {
    this.meters = meters;
    clients.bound(ConnectionBounds.of(http));
    operators.bound(new ConnectionBounds(OPERATORS, OPERATORS, http.trustedProxies()));
    meters.watch(clients::size, clients::limit);
  }

  /** Connections to {@code port} are operators'. */
  public void reserve(int port) {
    operatorsPort = port;
  }

  /** A sentence for operators while clients meet the limit; else nothing. */
  public Optional<String> degraded() {
    return System.nanoTime() - lastFull < RECENT_NANOS
        ? Optional.of("The limit of " + clients.limit() + " connections is reached.")
        : Optional.empty();
  }

  /** The connection whose other end is {@code remote}; null if the gate has not seen it. */
  @Nullable AcceptedConnection find(SocketAddress remote) {
    AcceptedConnection client = clients.find(remote);
    return client == null ? operators.find(remote) : client;
  }

  @Override
  public void channelRead(ChannelHandlerContext server, Object accepted) {
    Channel channel = (Channel) accepted;
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    InetSocketAddress local = (InetSocketAddress) channel.localAddress();
    if (remote == null || local == null) {
      channel.unsafe().closeForcibly();
      return;
    }
    ConnectionTable table = local.getPort() == operatorsPort ? operators : clients;
    ConnectionTable.Verdict verdict = table.admit(channel, remote, address(remote));
    if (verdict != ConnectionTable.Verdict.ACCEPTED && table == clients) {
      tell(verdict);
    }
    switch (verdict) {
      case REFUSED_ADDRESS, REFUSED_TOTAL -> channel.unsafe().closeForcibly();
      default -> {
        channel.pipeline().addFirst(new ArrivalHandler(table.find(remote)));
        server.fireChannelRead(channel);
      }
    }
    restWhileManyClose(server.channel());
  }

  /** Stops to accept while closed connections still hold their descriptors. */
  private void restWhileManyClose(Channel server) {
    synchronized (resting) {
      if (clients.isClosingMany()) {
        server.config().setAutoRead(false);
        resting.add(server);
      }
    }
  }

  /** Accepts again when connections were closed. */
  private void resume() {
    synchronized (resting) {
      if (!resting.isEmpty() && !clients.isClosingMany()) {
        resting.forEach(server -> server.config().setAutoRead(true));
        resting.clear();
      }
    }
  }

  /** The kernel could not accept, which is told in one line and not by a stack trace. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a closed server needs no one to wake it
  public void exceptionCaught(ChannelHandlerContext server, Throwable cause) {
    tell(ConnectionTable.Verdict.REFUSED_TOTAL);
    server.channel().config().setAutoRead(false);
    server
        .executor()
        .schedule(
            () -> server.channel().config().setAutoRead(true), REST_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static @Nullable IpAddress address(InetSocketAddress remote) {
    return remote.getAddress() == null
        ? null
        : IpAddress.parse(remote.getAddress().getHostAddress()).orElse(null);
  }

  /** On the acceptor's thread. */
  private void tell(ConnectionTable.Verdict verdict) {
    if (meters != null) {
      meters.met(verdict.name().toLowerCase(Locale.ROOT));
    }
    long now = System.nanoTime();
    if (verdict != ConnectionTable.Verdict.REFUSED_ADDRESS) {
      lastFull = now;
    }
    if (now - lastLine > QUIET_NANOS) {
      lastLine = now;
      if (verdict == ConnectionTable.Verdict.REFUSED_ADDRESS) {
        log.warn(
            "One address reached http.connections_per_address and is refused more. If it is a"
                + " proxy, list it in http.trusted_proxies");
      } else {
        log.warn(
            "The limit of {} connections is reached: idle ones are closed, new ones refused."
                + " Raise http.connections and the limit of open files, or add a gateway",
            clients.limit());
      }
    }
  }
}
