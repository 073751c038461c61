package dev.sluice.wire.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageErrorsTest {
  private static JsonObject written(Failure failure) {
    return new JsonObject(Buffer.buffer(PageErrors.write(failure, "id")));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultHasATitleASentenceACodeAndAnId(Fault fault) {
    var error = written(Failure.of(fault, "A sentence."));
    assertThat(error.getString("error")).isNotBlank();
    assertThat(error.getString("message")).isEqualTo("A sentence.");
    assertThat(error.getString("code")).isEqualTo(fault.code());
    assertThat(error.getString("request_id")).isEqualTo("id");
    assertThat(error.fieldNames()).hasSize(4);
  }

  @Test
  void whatIsToBlameAndHowLongToWaitIsSaidWhereItIsKnown() {
    var error = written(Failure.at("history[3].role", Fault.INVALID_REQUEST, "No.").retryAfter(9L));
    assertThat(error.getString("error")).isEqualTo("Invalid input");
    assertThat(error.getString("field")).isEqualTo("history[3].role");
    assertThat(error.getJsonArray("details")).isEqualTo(JsonArray.of("No."));
    assertThat(error.getLong("retry_after")).isEqualTo(9);
  }
}
