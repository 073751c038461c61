package dev.sluice.wire.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicModelsTest {

  private static List<Model> models(String body) {
    return new AnthropicWire().models(body.getBytes(UTF_8));
  }

  @Test
  void modelsAreReadByIdAndNameAndEntriesWithoutIdLeftOut() {
    String body =
        """
        {"data":[
           {"type":"model","id":"claude-a","display_name":"Claude A","capabilities":{"id":"x"}},
           {"display_name":"Nameless"}, 7, null,
           {"id":"claude-b","display_name":null}],
         "has_more":false,"first_id":"claude-a","last_id":"claude-b"}""";
    assertThat(models(body))
        .containsExactly(
            new Model("claude-a", "Claude A", true), new Model("claude-b", "claude-b", true));
  }

  @Test
  void noMoreThanTwoThousandAreRead() {
    String entries = "{\"id\":\"m\"},".repeat(2_500);
    assertThat(models("{\"data\":[" + entries + "{}]}")).hasSize(2_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"data\":{}}", "{\"data\":[", "<html>"})
  void whatIsNoSuchListHasNoModels(String body) {
    assertThat(models(body)).isEmpty();
  }

  @Test
  void listIsAskedForWhole() {
    assertThat(new AnthropicWire().modelsPath()).isEqualTo("/v1/models?limit=1000");
  }
}
