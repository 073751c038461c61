package dev.sluice.provider;

import dev.sluice.bus.OutgoingAnswer;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.TimeoutConfig;
import dev.sluice.wire.UnsupportedRequestException;
import dev.sluice.wire.UpstreamRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question put to an upstream: sends it, looks at the head of what comes back, and has the body
 * read. Ends exactly once, and an end that is not the upstream's own resets its request at once.
 */
final class UpstreamCall {
  private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

  /** RFC 9113, section 7: the stream is no longer needed. Over HTTP/1.1 the connection closes. */
  private static final long CANCEL = 8;

  private static final int ERROR_BODY_LIMIT = 64 * 1024;
  private static final int ANSWER_LIMIT = 8 * 1024 * 1024;

  private final Vertx vertx;
  private final Upstream upstream;
  private final ChatRequest question;
  private final OutgoingAnswer answer;
  private final Deadlines deadlines;

  private @Nullable HttpClientRequest request;
  private @Nullable AnswerStream stream;
  private boolean headSeen;
  private boolean retried;
  private boolean over;

  UpstreamCall(
      Vertx vertx,
      Upstream upstream,
      TimeoutConfig timeouts,
      ChatRequest question,
      OutgoingAnswer answer) {
    this.vertx = vertx;
    this.upstream = upstream;
    this.question = question;
    this.answer = answer;
    this.deadlines = new Deadlines(vertx, timeouts, question.stream(), this::fail);
  }

  void start() {
    answer.onCancel(this::abandon);
    try {
      send(upstream.wire().request(question, upstream.dialect()));
    } catch (UnsupportedRequestException e) {
      fail(Failure.at(e.field(), Fault.INVALID_REQUEST, String.valueOf(e.getMessage())));
    }
  }

  private void send(UpstreamRequest call) {
    upstream
        .post(call, answer.origin().traceparent())
        .onComplete(request -> connected(request, call), this::notConnected);
  }

  private void notConnected(Throwable cause) {
    if (!over) {
      answer
          .origin()
          .on(log.atWarn())
          .addKeyValue("provider", upstream.name())
          .log("no connection: {}", ConnectionFailures.reason(cause));
      fail(ConnectionFailures.connecting(cause));
    }
  }

  private void connected(HttpClientRequest request, UpstreamRequest call) {
    this.request = request;
    if (over) {
      request.reset(CANCEL);
      return;
    }
    boolean reused = upstream.wasReused(request.connection());
    if (retried && reused && request.version() != HttpVersion.HTTP_2) {
      // What lies idle beside a connection that died may have died as well.
      request.exceptionHandler(ignored -> {}).connection().close();
      send(call);
      return;
    }
    request
        .send(Buffer.buffer(call.body()))
        .onComplete(this::head, cause -> broken(cause, call, reused));
  }

  /** The connection broke before an answer began. */
  private void broken(Throwable cause, UpstreamRequest call, boolean reused) {
    if (!over && !headSeen && !retried && reused && ConnectionFailures.lost(cause)) {
      // It had died while idle, unseen: nobody took the question, so it may be put again.
      retried = true;
      send(call);
    } else {
      fail(ConnectionFailures.talking(cause));
    }
  }

  private void head(HttpClientResponse response) {
    headSeen = true;
    if (over) {
      return;
    }
    response.exceptionHandler(cause -> fail(ConnectionFailures.talking(cause)));
    String contentType = header(response, "content-type");
    if (response.statusCode() / 100 != 2) {
      WholeBody.read(response, ERROR_BODY_LIMIT, body -> refused(response, body));
    } else if (!header(response, "content-encoding").matches("|identity")) {
      fail(unreadable());
    } else if (contentType.startsWith("text/event-stream")
        || (contentType.isEmpty() && question.stream())) {
      stream(response);
    } else if (contentType.contains("json")) {
      WholeBody.read(response, ANSWER_LIMIT, this::whole);
    } else {
      fail(unreadable());
    }
  }

  private void stream(HttpClientResponse response) {
    AnswerStream stream =
        new AnswerStream(
            vertx,
            this,
            upstream.wire().answerReader(upstream.dialect()),
            response,
            answer,
            deadlines);
    this.stream = stream;
    stream.read();
  }

  private void whole(byte @Nullable [] body) {
    if (body == null) {
      fail(Failure.of(Fault.ANSWER_TOO_LONG, "The model's answer is too long."));
    } else if (!over) {
      answer.write(upstream.wire().answer(body, upstream.dialect()), body.length);
      end();
    }
  }

  private void refused(HttpClientResponse response, byte @Nullable [] body) {
    byte[] read = body == null ? new byte[0] : body;
    Failure failure = upstream.wire().failure(response.statusCode(), response::getHeader, read);
    if (body == null) {
      fail(failure);
    } else if (!over) {
      answer.fail(failure);
      end();
    }
  }

  /** The upstream's response is over, and its connection free; so the answer must be too. */
  void end() {
    over = true;
    deadlines.close();
    answer.end();
  }

  /**
   * Ends the request, and with {@code failure} the answer, unless what came of it is whole. What
   * came is passed on first.
   */
  void fail(Failure failure) {
    if (!over) {
      over = true;
      if (stream != null) {
        stream.finish();
      }
      abandon();
      answer.fail(failure);
    }
  }

  /** Ends the request: nobody waits for the rest of its response. */
  void abandon() {
    over = true;
    deadlines.close();
    if (request != null) {
      request.reset(CANCEL);
    }
  }

  private static String header(HttpClientResponse response, String name) {
    String value = response.getHeader(name);
    return value == null ? "" : value.toLowerCase(Locale.ROOT).strip();
  }

  private static Failure unreadable() {
    return Failure.of(Fault.UPSTREAM_PROTOCOL, "The provider's answer is not what it should be.");
  }
}
