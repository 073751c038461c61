package dev.sluice.wire.anthropic;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.wire.UpstreamFailures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the vendor's errors mean. */
final class AnthropicErrors {
  /**
   * Which status the vendor gives to a type: all there is to go by within a stream. {@code
   * api_error} says nothing that the status of an answer does not say better.
   */
  private static final Map<String, Integer> STATUS_OF_TYPE =
      Map.ofEntries(
          Map.entry("invalid_request_error", 400),
          Map.entry("authentication_error", 401),
          Map.entry("billing_error", 402),
          Map.entry("permission_error", 403),
          Map.entry("not_found_error", 404),
          Map.entry("conflict_error", 409),
          Map.entry("request_too_large", 413),
          Map.entry("rate_limit_error", 429),
          Map.entry("timeout_error", 504),
          Map.entry("overloaded_error", 529));

  /** Beside "prompt is too long" the words of compatible servers. */
  private static final List<String> TOO_LONG =
      List.of(
          "prompt is too long",
          "input is too long",
          "exceed context limit",
          "context window",
          "context length");

  private static final List<String> USED_UP =
      List.of("credit balance is too low", "usage limit", "spend limit", "spending limit");

  private AnthropicErrors() {}

  /** The meaning of an answer with a status other than 2xx. */
  static Failure failure(int status, UnaryOperator<@Nullable String> header, byte[] body) {
    VendorError read = AnthropicJson.read(body, body.length, VendorError::ofBody);
    VendorError error = Objects.requireNonNullElseGet(read, VendorError::new);
    int told = status >= 500 ? STATUS_OF_TYPE.getOrDefault(error.type, status) : status;
    return UpstreamFailures.of(fault(told, error), header);
  }

  /** The meaning of an error within an answer of status 200. */
  static Failure failure(VendorError error) {
    return UpstreamFailures.of(fault(STATUS_OF_TYPE.getOrDefault(error.type, 500), error));
  }

  /** What it means that an answer is not what it should be. */
  static Failure protocol() {
    return UpstreamFailures.of(Fault.UPSTREAM_PROTOCOL);
  }

  private static Fault fault(int status, VendorError error) {
    return switch (status) {
      case 401 -> Fault.UPSTREAM_AUTH;
      case 402 -> Fault.UPSTREAM_QUOTA_EXHAUSTED;
      case 403 -> error.says(USED_UP) ? Fault.UPSTREAM_QUOTA_EXHAUSTED : Fault.UPSTREAM_AUTH;
      case 404 -> Fault.UNKNOWN_MODEL;
      case 413 -> Fault.BODY_TOO_LARGE;
      case 429 ->
          error.says(USED_UP) ? Fault.UPSTREAM_QUOTA_EXHAUSTED : Fault.UPSTREAM_RATE_LIMITED;
      case 503, 529 -> Fault.UPSTREAM_OVERLOADED;
      case 408, 409 -> Fault.UPSTREAM_ERROR;
      default -> status >= 400 && status < 500 ? rejected(error) : Fault.UPSTREAM_ERROR;
    };
  }

  private static Fault rejected(VendorError error) {
    if (error.type.equals("billing_error") || error.says(USED_UP)) {
      return Fault.UPSTREAM_QUOTA_EXHAUSTED;
    }
    return error.says(TOO_LONG) ? Fault.CONTEXT_LENGTH_EXCEEDED : Fault.UPSTREAM_REJECTED;
  }
}
