package dev.sluice.wire.openai;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.wire.UpstreamFailures;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream's error means, in words of our own. Codes and types are matched as parts of
 * words, since vendors vary them ({@code content_filter}, {@code content_filter_error}).
 */
final class OpenAiErrors {
  /** A place within what we sent: any other word is the vendor's own, and may be anything. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(messages|model|tools|tool_choice|parallel_tool_calls|response_format|reasoning_effort"
              + "|max_tokens|max_completion_tokens|temperature|top_p|stop|stream|stream_options"
              + "|seed|logit_bias|frequency_penalty|presence_penalty|n|user)"
              + "([.\\[][A-Za-z0-9_.\\[\\]]{0,48})?");

  private OpenAiErrors() {}

  /** The meaning of an answer with a status other than 2xx. */
  static Failure failure(int status, UnaryOperator<@Nullable String> header, byte[] body) {
    VendorError error = VendorError.read(body, body.length);
    VendorError said = Objects.requireNonNullElse(error, VendorError.NONE);
    return blaming(said, UpstreamFailures.of(fault(status, said), header));
  }

  /** The meaning of an error within an answer of status 200. */
  static Failure failure(VendorError error) {
    return blaming(error, UpstreamFailures.of(fault(error.status(), error)));
  }

  /** What it means that an answer is not what it should be. */
  static Failure protocol() {
    return UpstreamFailures.of(Fault.UPSTREAM_PROTOCOL);
  }

  private static Failure blaming(VendorError error, Failure failure) {
    boolean names =
        failure.fault() == Fault.UPSTREAM_REJECTED && FIELD.matcher(error.param()).matches();
    return names ? Failure.at(error.param(), failure.fault(), failure.message()) : failure;
  }

  /** What the vendor says goes before the status: several misuse the latter. */
  private static Fault fault(int status, VendorError error) {
    if (error.isMarked("insufficient_quota", "insufficient_balance", "billing_")) {
      return Fault.UPSTREAM_QUOTA_EXHAUSTED;
    }
    if (isContextLength(status, error)) {
      return Fault.CONTEXT_LENGTH_EXCEEDED;
    }
    if (error.isMarked("content_filter", "content_policy")) {
      return Fault.CONTENT_FILTER;
    }
    if (error.isMarked("model_not_found")) {
      return Fault.UNKNOWN_MODEL;
    }
    if (error.isMarked("invalid_api_key") || isWrongKey(status, error)) {
      return Fault.UPSTREAM_AUTH;
    }
    return status == 0 ? byMark(error) : byStatus(status);
  }

  /** Only some say it by code; the phrases are OpenAI's, vLLM's, llama.cpp's and Gemini's. */
  private static boolean isContextLength(int status, VendorError error) {
    if (error.isMarked("context_length_exceeded", "exceed_context_size")) {
      return true;
    }
    boolean plausible =
        switch (status) {
          case 0, 400, 413, 422, 500 -> true;
          default -> false;
        };
    return plausible
        && error.says(
            "maximum context length",
            "context length exceeded",
            "exceeds the context",
            "exceeds the available context size",
            "context window",
            "prompt is too long",
            "input token count");
  }

  /** Gemini and xAI answer 400 to a wrong key. */
  private static boolean isWrongKey(int status, VendorError error) {
    return status == 400 && error.says("api key not valid", "incorrect api key");
  }

  private static Fault byStatus(int status) {
    return switch (status) {
      case 400, 422 -> Fault.UPSTREAM_REJECTED;
      case 401, 403 -> Fault.UPSTREAM_AUTH;
      case 402 -> Fault.UPSTREAM_QUOTA_EXHAUSTED;
      case 404 -> Fault.UNKNOWN_MODEL;
      case 413 -> Fault.BODY_TOO_LARGE;
      case 429 -> Fault.UPSTREAM_RATE_LIMITED;
      case 498, 503, 529 -> Fault.UPSTREAM_OVERLOADED;
      default -> Fault.UPSTREAM_ERROR;
    };
  }

  private static Fault byMark(VendorError error) {
    if (error.isMarked("rate_limit", "resource_exhausted", "too_many_requests")) {
      return Fault.UPSTREAM_RATE_LIMITED;
    }
    if (error.isMarked("overloaded", "unavailable", "capacity")) {
      return Fault.UPSTREAM_OVERLOADED;
    }
    if (error.isMarked("authentication", "permission", "unauthenticated")) {
      return Fault.UPSTREAM_AUTH;
    }
    if (error.isMarked("invalid_request", "invalid_argument", "badrequest")) {
      return Fault.UPSTREAM_REJECTED;
    }
    return Fault.UPSTREAM_ERROR;
  }
}
