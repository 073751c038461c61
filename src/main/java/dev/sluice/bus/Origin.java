package dev.sluice.bus;

import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The request that a conversation on the bus belongs to.
 *
 * @param requestId stands on every log line
 * @param traceId stands there too; null if nothing is traced
 * @param traceparent what an upstream is told of the trace; null for nothing
 */
public record Origin(String requestId, @Nullable String traceId, @Nullable String traceparent) {

  /** Of a request that is not traced. */
  public static Origin of(String requestId) {
    return new Origin(requestId, null, null);
  }

  /** Says on a log line where it comes from. */
  public LoggingEventBuilder on(LoggingEventBuilder line) {
    LoggingEventBuilder marked = line.addKeyValue("request", requestId);
    return traceId == null ? marked : marked.addKeyValue("trace_id", traceId);
  }
}
