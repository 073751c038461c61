package dev.sluice.wire;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The words for what an upstream refused or broke: the same ones whatever format it speaks. */
public final class UpstreamFailures {

  private UpstreamFailures() {}

  /** The failure that {@code fault} is when an upstream is its cause. */
  public static Failure of(Fault fault) {
    String message = sentence(fault);
    return switch (fault) {
      case UNKNOWN_MODEL -> Failure.at("model", fault, message);
      case CONTEXT_LENGTH_EXCEEDED -> Failure.at("messages", fault, message);
      default -> Failure.of(fault, message);
    };
  }

  /** The same, with the wait that the answer's headers name if waiting is what helps. */
  public static Failure of(Fault fault, UnaryOperator<@Nullable String> header) {
    boolean worthWaiting =
        fault == Fault.UPSTREAM_RATE_LIMITED || fault == Fault.UPSTREAM_OVERLOADED;
    return worthWaiting ? of(fault).retryAfter(RetryAfter.seconds(header)) : of(fault);
  }

  private static String sentence(Fault fault) {
    return switch (fault) {
      case UPSTREAM_AUTH -> "The model's provider did not accept the gateway's key.";
      case UNKNOWN_MODEL -> "The model's provider does not know this model.";
      case CONTEXT_LENGTH_EXCEEDED -> "The conversation is longer than this model can read.";
      case CONTENT_FILTER -> "A content filter of the model's provider refused the request.";
      case UPSTREAM_QUOTA_EXHAUSTED -> "The gateway's quota at the model's provider is used up.";
      case UPSTREAM_RATE_LIMITED -> "The model's provider takes no more requests for the moment.";
      case UPSTREAM_REJECTED -> "The model's provider refused the request as it stands.";
      case BODY_TOO_LARGE -> "The request is larger than the model's provider takes.";
      case UPSTREAM_OVERLOADED -> "The model's provider is overloaded.";
      case UPSTREAM_PROTOCOL -> "The model's provider sent an answer that makes no sense.";
      default -> "The model's provider failed.";
    };
  }
}
