package dev.sluice.provider;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What a broken connection to an upstream means, in words that name no host. */
final class ConnectionFailures {
  private ConnectionFailures() {}

  /** What it means that no connection was to be had. */
  static Failure connecting(Throwable cause) {
    if (cause instanceof ConnectionPoolTooBusyException) {
      return Failure.of(
          Fault.PROVIDER_BUSY, "Too many requests wait for this provider. Try again in a moment.");
    }
    if (isTimeout(cause)) {
      return Failure.of(
          Fault.UPSTREAM_CONNECT_TIMEOUT, "The provider did not accept a connection in time.");
    }
    if (has(cause, SSLException.class)) {
      return Failure.of(Fault.UPSTREAM_TLS, "No trusted connection to the provider is possible.");
    }
    if (has(cause, UnknownHostException.class)) {
      return Failure.of(Fault.UPSTREAM_UNREACHABLE, "The provider's address cannot be found.");
    }
    return Failure.of(Fault.UPSTREAM_UNREACHABLE, "The provider cannot be reached.");
  }

  /** What it means that a connection broke after the request was under way. */
  static Failure talking(Throwable cause) {
    if (lost(cause)) {
      return Failure.of(Fault.UPSTREAM_RESET, "The provider broke the connection.");
    }
    return Failure.of(Fault.UPSTREAM_PROTOCOL, "The provider's answer is not what it should be.");
  }

  /** Whether the connection was lost, as opposed to having carried nonsense. */
  static boolean lost(Throwable cause) {
    return cause instanceof HttpClosedException
        || cause instanceof StreamResetException
        || cause instanceof IOException;
  }

  private static boolean isTimeout(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      // Netty's are connect and handshake exceptions that only their messages tell apart.
      boolean told = t instanceof ConnectException || t instanceof SSLException;
      if (t instanceof TimeoutException
          || (told && String.valueOf(t.getMessage()).contains("timed out"))) {
        return true;
      }
    }
    return false;
  }

  /** What lies behind {@code cause}: for the operator, who may know hosts and certificates. */
  static String reason(Throwable cause) {
    String reason = cause.getClass().getSimpleName();
    for (Throwable t = cause; t != null; t = t.getCause()) {
      reason = t.getMessage() == null ? reason : t.getMessage();
    }
    return reason.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static boolean has(Throwable cause, Class<? extends Throwable> type) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
