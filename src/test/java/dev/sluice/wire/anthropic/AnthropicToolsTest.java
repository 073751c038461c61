package dev.sluice.wire.anthropic;

import static dev.sluice.wire.anthropic.Requests.body;
import static dev.sluice.wire.anthropic.Requests.json;
import static dev.sluice.wire.anthropic.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.sluice.chat.ChatRequest.Options;
import dev.sluice.chat.Tool;
import dev.sluice.chat.ToolChoice;
import dev.sluice.chat.ToolChoice.Mode;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnthropicToolsTest {
  private static final Tool FIND =
      new Tool.Function("find", "Finds.", json("{'type':'object','properties':{'q':{}}}"), true);
  private static final Tool NOW = new Tool.Function("now", null, null, null);
  private static final Options ONE_AT_A_TIME =
      new Options(null, null, null, List.of(), null, false);

  private static @Nullable Object choice(Options options, @Nullable ToolChoice choice) {
    return body(with(options, List.of(NOW), choice)).get("tool_choice");
  }

  private static void assertRefused(String field, List<Tool> tools, @Nullable ToolChoice choice) {
    assertThatExceptionOfType(UnsupportedRequestException.class)
        .isThrownBy(() -> body(with(Options.NONE, tools, choice)))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field))
        .withMessageEndingWith(".");
  }

  @Test
  void functionsBecomeToolsWithASchema() {
    Map<String, @Nullable Object> body = body(with(Options.NONE, List.of(FIND, NOW), null));
    assertThat(body.get("tools"))
        .isEqualTo(
            json("""
                    {'t':[{'name':'find','description':'Finds.','strict':true,
                           'input_schema':{'type':'object','properties':{'q':{}}}},
                          {'name':'now','input_schema':{'type':'object','properties':{}}}]}""")
                .get("t"));
    assertThat(body).doesNotContainKey("tool_choice");
  }

  @Test
  void choicesTakeTheVendorsNames() {
    assertThat(choice(Options.NONE, Mode.AUTO)).isEqualTo(Map.of("type", "auto"));
    assertThat(choice(Options.NONE, Mode.NONE)).isEqualTo(Map.of("type", "none"));
    assertThat(choice(Options.NONE, Mode.REQUIRED)).isEqualTo(Map.of("type", "any"));
    assertThat(choice(Options.NONE, new ToolChoice.Named("now")))
        .isEqualTo(Map.of("type", "tool", "name", "now"));
  }

  @Test
  void callingOneAtATimeIsPartOfTheChoice() {
    assertThat(choice(ONE_AT_A_TIME, null))
        .isEqualTo(Map.of("type", "auto", "disable_parallel_tool_use", true));
    assertThat(choice(ONE_AT_A_TIME, Mode.REQUIRED))
        .isEqualTo(Map.of("type", "any", "disable_parallel_tool_use", true));
    assertThat(choice(ONE_AT_A_TIME, new ToolChoice.Named("now")))
        .isEqualTo(Map.of("type", "tool", "name", "now", "disable_parallel_tool_use", true));
    assertThat(choice(ONE_AT_A_TIME, Mode.NONE)).isEqualTo(Map.of("type", "none"));
  }

  @Test
  void withoutToolsThereIsNothingToChoose() {
    assertThat(body(with(ONE_AT_A_TIME, List.of(), Mode.AUTO)))
        .doesNotContainKeys("tools", "tool_choice");
    assertThat(body(with(Options.NONE, List.of(), Mode.NONE))).doesNotContainKey("tool_choice");
  }

  @Test
  void toolsThatAreNotAllowedAreLeftOut() {
    ToolChoice allowed =
        new ToolChoice.Other(
            json(
                """
                {'type':'allowed_tools','allowed_tools':{'mode':'required',
                 'tools':[{'type':'function','function':{'name':'now'}}]}}"""));
    Map<String, @Nullable Object> body = body(with(Options.NONE, List.of(FIND, NOW), allowed));
    assertThat(body.get("tools")).asInstanceOf(LIST).hasSize(1);
    assertThat(body).containsEntry("tool_choice", Map.of("type", "any"));
  }

  @Test
  void vendorsOwnToolsAreCarriedAndOthersRefusedByName() {
    Map<String, @Nullable Object> search =
        json("{'type':'web_search_20260318','name':'web_search','max_uses':3}");
    assertThat(body(with(Options.NONE, List.of(new Tool.Other(search)), null)))
        .containsEntry("tools", List.of(search));
    Tool custom = new Tool.Other(json("{'type':'custom','custom':{'name':'x'}}"));
    assertRefused("tools[1]", List.of(NOW, custom), null);
    assertRefused(
        "tool_choice",
        List.of(NOW),
        new ToolChoice.Other(json("{'type':'custom','custom':{'name':'x'}}")));
    assertRefused(
        "tool_choice.allowed_tools.tools",
        List.of(NOW),
        new ToolChoice.Other(json("{'allowed_tools':{'mode':'auto','tools':[{'type':'x'}]}}")));
  }
}
