package dev.sluice.chat;

import java.util.Locale;

/**
 * Everything that can go wrong with a chat: the code that clients see, the HTTP status it has while
 * a status can still be sent, whether another try may help, and whether the caller's allowance is
 * given back because no byte reached a model.
 */
public enum Fault {
  // What the caller got wrong.
  INVALID_REQUEST(400, Retry.NO, Charge.NONE),
  INVALID_JSON(400, Retry.NO, Charge.NONE),
  MESSAGE_TOO_LONG(400, Retry.NO, Charge.NONE),
  HISTORY_TOO_LONG(400, Retry.NO, Charge.NONE),
  UNKNOWN_PROVIDER(400, Retry.NO, Charge.NONE),
  INVALID_API_KEY(401, Retry.NO, Charge.NONE),
  /** A web page of another origin asks, and {@code http.cors_origins} does not list it. */
  FOREIGN_ORIGIN(403, Retry.NO, Charge.NONE),
  UNKNOWN_MODEL(404, Retry.NO, Charge.NONE),
  NOT_FOUND(404, Retry.NO, Charge.NONE),
  METHOD_NOT_ALLOWED(405, Retry.NO, Charge.NONE),
  REQUEST_TIMEOUT(408, Retry.YES, Charge.NONE),
  BODY_TOO_LARGE(413, Retry.NO, Charge.NONE),
  URI_TOO_LONG(414, Retry.NO, Charge.NONE),
  UNSUPPORTED_MEDIA_TYPE(415, Retry.NO, Charge.NONE),
  /** The request names a host that {@code http.hosts} does not list. */
  MISDIRECTED_REQUEST(421, Retry.NO, Charge.NONE),
  RATE_LIMITED(429, Retry.YES, Charge.NONE),
  /** The caller has as many answers under way as it may. */
  TOO_MANY_STREAMS(429, Retry.YES, Charge.NONE),
  HEADERS_TOO_LARGE(431, Retry.NO, Charge.NONE),

  // What the model's vendor refused, before it spent anything.
  CONTEXT_LENGTH_EXCEEDED(400, Retry.NO, Charge.NONE),
  CONTENT_FILTER(400, Retry.NO, Charge.NONE),
  UPSTREAM_REJECTED(400, Retry.NO, Charge.NONE),
  UPSTREAM_RATE_LIMITED(429, Retry.YES, Charge.NONE),
  UPSTREAM_QUOTA_EXHAUSTED(429, Retry.NO, Charge.NONE),
  UPSTREAM_OVERLOADED(503, Retry.YES, Charge.NONE),
  /** The gateway's own key was refused: 502 and not 401, since the caller's key is not at fault. */
  UPSTREAM_AUTH(502, Retry.NO, Charge.NONE),

  // What stood between the gateway and the model.
  /** The gateway has no room for the request: its memory or its connections are used up. */
  OVERLOADED(503, Retry.YES, Charge.NONE),
  /** The limits' store is away, and the settings want no chat without it. */
  LIMITER_UNAVAILABLE(503, Retry.YES, Charge.NONE),
  MISSING_KEY(503, Retry.NO, Charge.NONE),
  PROVIDER_UNAVAILABLE(503, Retry.YES, Charge.NONE),
  PROVIDER_BUSY(503, Retry.YES, Charge.NONE),
  UPSTREAM_UNREACHABLE(502, Retry.YES, Charge.NONE),
  UPSTREAM_TLS(502, Retry.NO, Charge.NONE),
  UPSTREAM_CONNECT_TIMEOUT(504, Retry.YES, Charge.NONE),

  // What broke once the model was at work.
  UPSTREAM_ERROR(502, Retry.YES, Charge.NONE),
  UPSTREAM_FIRST_TOKEN_TIMEOUT(504, Retry.YES, Charge.NONE),
  UPSTREAM_STALLED(504, Retry.NO, Charge.FULL),
  UPSTREAM_TOTAL_TIMEOUT(504, Retry.NO, Charge.FULL),
  UPSTREAM_RESET(502, Retry.NO, Charge.FULL),
  UPSTREAM_INCOMPLETE(502, Retry.NO, Charge.FULL),
  UPSTREAM_PROTOCOL(502, Retry.NO, Charge.FULL),
  ANSWER_TOO_LONG(502, Retry.NO, Charge.FULL),

  // What the gateway itself did.
  SLOW_CLIENT(408, Retry.NO, Charge.FULL),
  SERVER_SHUTDOWN(503, Retry.YES, Charge.FULL),
  /** A piece of an answer was lost inside the gateway; better no answer than one with a hole. */
  STREAM_GAP(500, Retry.NO, Charge.FULL),
  INTERNAL(500, Retry.NO, Charge.FULL);

  private enum Retry {
    YES,
    NO
  }

  private enum Charge {
    NONE,
    FULL
  }

  private final int status;
  private final Retry retry;
  private final Charge charge;

  Fault(int status, Retry retry, Charge charge) {
    this.status = status;
    this.retry = retry;
    this.charge = charge;
  }

  /** The code that clients see: the name in lower case, such as {@code upstream_stalled}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The HTTP status, for as long as none was sent. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed at another time or another upstream. */
  public boolean retryable() {
    return retry == Retry.YES;
  }

  /** Whether the caller pays although the answer failed, because a model worked for it. */
  public boolean charged() {
    return charge == Charge.FULL;
  }
}
