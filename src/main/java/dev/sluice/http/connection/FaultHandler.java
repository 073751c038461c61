package dev.sluice.http.connection;

import dev.sluice.telemetry.ClientFaults;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Takes the exceptions of a client's connection before Vert.x does, which would log some with a
 * stack trace. The connection is closed, and requests on it learn of that.
 */
final class FaultHandler extends ChannelInboundHandlerAdapter {
  private final ClientFaults faults;

  FaultHandler(ClientFaults faults) {
    this.faults = faults;
  }

  /** Errors of decoding go on: their requests still get a response. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a connection that broke cannot fail to close
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      faults.seen(ClientFaults.Kind.CONNECTION, cause.getClass().getSimpleName());
      context.close();
    } else {
      context.fireExceptionCaught(cause);
    }
  }
}
