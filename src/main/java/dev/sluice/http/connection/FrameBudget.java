package dev.sluice.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the frames of one HTTP/2 connection that carry no request and cost an answer or a turn of
 * the event loop: {@code PING}, {@code SETTINGS}, {@code PRIORITY} and unknown ones. A client that
 * exceeds the budget gets {@code GOAWAY} with {@code ENHANCE_YOUR_CALM} (RFC 9113, section 10.5).
 */
final class FrameBudget extends Http2FrameListenerDecorator {
  /** Frames at once; browsers send a few at the start, gRPC clients a PING a second. */
  private static final int BURST = 200;

  private static final int PER_SECOND = 20;

  private final Runnable exceeded;
  private double left = BURST;
  private long since = System.nanoTime();

  FrameBudget(Http2FrameListener listener, Runnable exceeded) {
    super(listener);
    this.exceeded = exceeded;
  }

  private void spend() throws Http2Exception {
    long now = System.nanoTime();
    double earned = (now - since) / (double) TimeUnit.SECONDS.toNanos(1) * PER_SECOND;
    left = Math.min(BURST, left + earned) - 1;
    since = now;
    if (left < 0) {
      exceeded.run();
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "Too many frames without a request");
    }
  }

  @Override
  public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
    spend();
    super.onPingRead(context, data);
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
    spend();
    super.onPingAckRead(context, data);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    spend();
    super.onSettingsRead(context, settings);
  }

  @Override
  public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
    spend();
    super.onSettingsAckRead(context);
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext context, int stream, int dependency, short weight, boolean exclusive)
      throws Http2Exception {
    spend();
    super.onPriorityRead(context, stream, dependency, weight, exclusive);
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext context, byte type, int stream, Http2Flags flags, ByteBuf payload)
      throws Http2Exception {
    spend();
    super.onUnknownFrame(context, type, stream, flags, payload);
  }
}
