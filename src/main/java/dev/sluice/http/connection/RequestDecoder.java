package dev.sluice.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests as Netty does, and refuses three things that Netty lets pass: a header folded
 * over several lines (RFC 9112, section 5.2), since proxies and servers read those differently, a
 * version that is neither HTTP/1.0 nor HTTP/1.1, and more than a hundred headers.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int MOST_HEADERS = 100;

  /** The request line and the empty line at the end. */
  private static final int OTHER_LINES = 2;

  private boolean inHead = true;
  private boolean folded;
  private int lines;
  private byte last;

  RequestDecoder(int maxLine, int maxHeaders) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxLine)
            .setMaxHeaderSize(maxHeaders)
            .setHeadersFactory(VERTX_HEADERS));
  }

  /** The headers that Vert.x reads without an adapter, which check names and values. */
  private static final HttpHeadersFactory VERTX_HEADERS =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return (HttpHeaders) io.vertx.core.http.HttpHeaders.headers();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return newHeaders();
        }
      };

  /** One call consumes bytes of a head or of a body, never of both. */
  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    int from = in.readerIndex();
    int before = out.size();
    boolean wasInHead = inHead;
    super.decode(context, in, out);
    if (wasInHead) {
      look(in, from, in.readerIndex());
    }
    for (int i = before; i < out.size(); i++) {
      judge(out.get(i));
    }
  }

  private void look(ByteBuf in, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = in.getByte(i);
      folded |= last == '\n' && (next == ' ' || next == '\t');
      lines += next == '\n' ? 1 : 0;
      last = next;
    }
  }

  private void judge(Object message) {
    if (message instanceof HttpMessage head) {
      if (head.decoderResult().isSuccess()) {
        Exception objection = objection(head);
        if (objection != null) {
          head.setDecoderResult(DecoderResult.failure(objection));
        }
      }
      inHead = false;
      folded = false;
      lines = 0;
      last = 0;
    }
    if (message instanceof LastHttpContent) {
      inHead = true;
    }
  }

  private @Nullable Exception objection(HttpMessage head) {
    if (lines > MOST_HEADERS + OTHER_LINES) {
      return new TooLongHttpHeaderException("more than " + MOST_HEADERS + " headers");
    }
    return folded || isOtherVersion(head.protocolVersion()) ? new MalformedHeadException() : null;
  }

  private static boolean isOtherVersion(HttpVersion version) {
    return !version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0);
  }

  private static final class MalformedHeadException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedHeadException() {
      super("The head of the request is malformed.", null, false, false);
    }
  }
}
