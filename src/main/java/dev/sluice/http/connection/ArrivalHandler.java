package dev.sluice.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** Notes when bytes arrive on a connection, before TLS and HTTP see them. */
final class ArrivalHandler extends ChannelInboundHandlerAdapter {
  private final @Nullable AcceptedConnection connection;

  ArrivalHandler(@Nullable AcceptedConnection connection) {
    this.connection = connection;
  }

  /** The connection has its event loop. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (connection != null) {
      connection.closeIfEvicted();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (connection != null) {
      connection.bytesArrived();
    }
    context.fireChannelRead(message);
  }
}
