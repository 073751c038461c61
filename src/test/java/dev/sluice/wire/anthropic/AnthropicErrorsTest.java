package dev.sluice.wire.anthropic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicErrorsTest {

  private static Failure failure(int status, Map<String, String> headers, String body) {
    return new AnthropicWire().failure(status, headers::get, body.getBytes(ISO_8859_1));
  }

  private static String body(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"},\"request_id\":\"req_1\"}";
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, messages: at least one, UPSTREAM_REJECTED",
    "400, invalid_request_error, Prompt is too long: 9 tokens > 8 maximum, CONTEXT_LENGTH_EXCEEDED",
    "400, invalid_request_error, input length and `max_tokens` exceed context limit: 9, CONTEXT_LENGTH_EXCEEDED",
    "400, invalid_request_error, Your credit balance is too low to access, UPSTREAM_QUOTA_EXHAUSTED",
    "400, invalid_request_error, You have reached your specified API usage limits, UPSTREAM_QUOTA_EXHAUSTED",
    "400, invalid_request_error, Your spend limit is reached, UPSTREAM_QUOTA_EXHAUSTED",
    "401, authentication_error, invalid x-api-key, UPSTREAM_AUTH",
    "401, invalid_request_error, prompt is too long, UPSTREAM_AUTH",
    "402, billing_error, pay, UPSTREAM_QUOTA_EXHAUSTED",
    "403, permission_error, not allowed to, UPSTREAM_AUTH",
    "404, not_found_error, model: claude-y, UNKNOWN_MODEL",
    "408, timeout_error, slow, UPSTREAM_ERROR",
    "409, conflict_error, busy, UPSTREAM_ERROR",
    "413, request_too_large, big, BODY_TOO_LARGE",
    "422, invalid_request_error, bad, UPSTREAM_REJECTED",
    "418, invalid_request_error, teapot, UPSTREAM_REJECTED",
    "429, rate_limit_error, slow down, UPSTREAM_RATE_LIMITED",
    "500, api_error, oops, UPSTREAM_ERROR",
    "500, overloaded_error, Overloaded, UPSTREAM_OVERLOADED",
    "500, rate_limit_error, slow down, UPSTREAM_RATE_LIMITED",
    "502, '', '', UPSTREAM_ERROR",
    "503, api_error, oops, UPSTREAM_OVERLOADED",
    "504, timeout_error, slow, UPSTREAM_ERROR",
    "529, overloaded_error, Overloaded, UPSTREAM_OVERLOADED",
    "302, '', '', UPSTREAM_ERROR",
    "0, '', '', UPSTREAM_ERROR"
  })
  void statusTypeAndWordsTellTheFault(int status, String type, String message, Fault fault) {
    Failure failure = failure(status, Map.of(), body(type, message));
    assertThat(failure.fault()).isEqualTo(fault);
    assertThat(failure.message()).endsWith(".");
    if (!message.isEmpty()) {
      assertThat(failure.toString()).doesNotContain(message).doesNotContain("req_1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><h1>prompt is too long</h1>",
        "{\"type\":\"error\"",
        "[{\"error\":{}}]",
        "{\"error\":null}",
        "{\"error\":[1]}",
        "{\"error\":{\"type\":{},\"message\":7}}",
        "{\"error\":\"\u00ff\"}"
      })
  void bodiesOfAnyKindAreBorne(String body) {
    assertThat(failure(400, Map.of(), body).fault()).isEqualTo(Fault.UPSTREAM_REJECTED);
    assertThat(failure(429, Map.of(), body).fault()).isEqualTo(Fault.UPSTREAM_RATE_LIMITED);
    assertThat(failure(502, Map.of(), body).fault()).isEqualTo(Fault.UPSTREAM_ERROR);
  }

  @Test
  void bareTextInAnErrorsPlaceIsRead() {
    assertThat(failure(400, Map.of(), "{\"error\":\"prompt is too long\"}").fault())
        .isEqualTo(Fault.CONTEXT_LENGTH_EXCEEDED);
  }

  @Test
  void waitIsPassedOnWhereWaitingHelps() {
    Map<String, String> headers = Map.of("retry-after", "7");
    assertThat(failure(429, headers, "").retryAfterSeconds()).isEqualTo(7);
    assertThat(failure(529, headers, "").retryAfterSeconds()).isEqualTo(7);
    assertThat(failure(429, Map.of(), "").retryAfterSeconds()).isNull();
    assertThat(failure(400, headers, "").retryAfterSeconds()).isNull();
  }

  @Test
  void memberAtFaultIsNamed() {
    assertThat(failure(404, Map.of(), "").field()).isEqualTo("model");
    assertThat(failure(400, Map.of(), body("", "prompt is too long")).field())
        .isEqualTo("messages");
  }
}
