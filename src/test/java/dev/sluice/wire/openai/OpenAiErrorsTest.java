package dev.sluice.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiErrorsTest {

  private static Failure failure(int status, String body) {
    return failure(status, body, Map.of());
  }

  private static Failure failure(int status, String body, Map<String, String> headers) {
    return new OpenAiWire().failure(status, headers::get, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "400, UPSTREAM_REJECTED",
    "401, UPSTREAM_AUTH",
    "402, UPSTREAM_QUOTA_EXHAUSTED",
    "403, UPSTREAM_AUTH",
    "404, UNKNOWN_MODEL",
    "405, UPSTREAM_ERROR",
    "408, UPSTREAM_ERROR",
    "413, BODY_TOO_LARGE",
    "422, UPSTREAM_REJECTED",
    "429, UPSTREAM_RATE_LIMITED",
    "498, UPSTREAM_OVERLOADED",
    "500, UPSTREAM_ERROR",
    "502, UPSTREAM_ERROR",
    "503, UPSTREAM_OVERLOADED",
    "529, UPSTREAM_OVERLOADED",
    "301, UPSTREAM_ERROR",
  })
  void theStatusDecidesIfTheBodySaysNothing(int status, Fault fault) {
    for (String body : new String[] {"", "<html><h1>Oh no</h1>", "{}", "null", "[]", "[[]]", "{"}) {
      assertThat(failure(status, body).fault()).isEqualTo(fault);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // OpenAI
        "400|{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"x\"}}|CONTEXT_LENGTH_EXCEEDED",
        "403|{\"error\":{\"code\":\"model_not_found\",\"message\":\"x\"}}|UNKNOWN_MODEL",
        "429|{\"error\":{\"code\":\"insufficient_quota\",\"type\":\"insufficient_quota\"}}|UPSTREAM_QUOTA_EXHAUSTED",
        "400|{\"error\":{\"code\":\"content_policy_violation\"}}|CONTENT_FILTER",
        "500|{\"error\":{\"type\":\"server_error\"}}|UPSTREAM_ERROR",
        // Azure
        "400|{\"error\":{\"code\":\"content_filter\",\"status\":400,\"innererror\":{}}}|CONTENT_FILTER",
        // vLLM, new and old
        "400|{\"error\":{\"message\":\"This model's maximum context length is 8 tokens\",\"code\":400}}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"object\":\"error\",\"message\":\"maximum context length is 8\",\"code\":400}|CONTEXT_LENGTH_EXCEEDED",
        // llama.cpp
        "400|{\"error\":{\"code\":400,\"type\":\"exceed_context_size_error\"}}|CONTEXT_LENGTH_EXCEEDED",
        "503|{\"error\":{\"code\":503,\"type\":\"unavailable_error\"}}|UPSTREAM_OVERLOADED",
        // Gemini
        "400|[{\"error\":{\"code\":400,\"message\":\"API key not valid. Please\",\"status\":\"INVALID_ARGUMENT\"}}]|UPSTREAM_AUTH",
        "400|{\"error\":{\"code\":400,\"message\":\"The input token count (9) exceeds the maximum\"}}|CONTEXT_LENGTH_EXCEEDED",
        // xAI
        "400|{\"code\":\"Client error\",\"error\":\"Incorrect API key provided\"}|UPSTREAM_AUTH",
        // OpenRouter
        "403|{\"error\":{\"code\":403,\"message\":\"x\",\"metadata\":{\"flagged_input\":\"y\"}}}|CONTENT_FILTER",
        "402|{\"error\":{\"code\":402,\"message\":\"x\"}}|UPSTREAM_QUOTA_EXHAUSTED",
        // Mistral, Ollama
        "422|{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"extra\"}]}|UPSTREAM_REJECTED",
        "404|{\"error\":\"model not there\"}|UNKNOWN_MODEL",
        // A rate limit may speak of tokens without being about the context.
        "429|{\"error\":{\"message\":\"too many for the context window\",\"code\":\"rate_limit_exceeded\"}}|UPSTREAM_RATE_LIMITED",
      })
  void whatTheVendorSaysGoesBeforeTheStatus(int status, String body, Fault fault) {
    assertThat(failure(status, body).fault()).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({"429, 17", "503, 17", "498, 17", "529, 17", "400, ", "500, ", "401, "})
  void theWaitIsToldWhereWaitingHelps(int status, Long seconds) {
    assertThat(failure(status, "", Map.of("retry-after", "17")).retryAfterSeconds())
        .isEqualTo(seconds);
  }

  @Test
  void aUsedUpQuotaNamesNoWait() {
    String body = "{\"error\":{\"code\":\"insufficient_quota\"}}";
    assertThat(failure(429, body, Map.of("retry-after", "17")).retryAfterSeconds()).isNull();
  }

  @Test
  void theFieldIsNamedIfItLooksLikeOne() {
    assertThat(failure(400, "{\"error\":{\"param\":\"messages.[0].role\"}}").field())
        .isEqualTo("messages.[0].role");
    assertThat(failure(404, "{\"error\":{}}").field()).isEqualTo("model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk-123", "a b", "<b>", "é", "x\\n", "sk_123", "messages_of_others"})
  void whatDoesNotLookLikeAFieldIsNotNamed(String param) {
    assertThat(failure(400, "{\"error\":{\"param\":\"" + param + "\"}}").field()).isNull();
    assertThat(failure(400, "{\"error\":{\"param\":\"" + "x".repeat(65) + "\"}}").field()).isNull();
  }

  @Property(tries = 300)
  void noBodyMakesItThrowAndNothingOfItIsRepeated(
      @ForAll @IntRange(min = 300, max = 599) int status, @ForAll byte[] bytes) {
    assertThat(new OpenAiWire().failure(status, name -> null, bytes).message()).isNotEmpty();
    String body =
        """
        {"code":"SECRET1","error":{"message":"SECRET2","type":"SECRET3","code":"SECRET4","status":"SECRET5"}}""";
    assertThat(failure(status, body).toString()).doesNotContain("SECRET");
  }
}
