package dev.sluice.wire.anthropic;

import static dev.sluice.wire.anthropic.Requests.NEW;
import static dev.sluice.wire.anthropic.Requests.body;
import static dev.sluice.wire.anthropic.Requests.json;
import static dev.sluice.wire.anthropic.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.ChatRequest.Options;
import dev.sluice.chat.Message;
import dev.sluice.chat.Role;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UnsupportedRequestException;
import dev.sluice.wire.UpstreamRequest;
import dev.sluice.wire.UpstreamRequest.Header;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicRequestTest {
  private static final Options FULL =
      new Options(100, 0.5, 0.9, List.of("END", " \n"), "high", null);

  private static Options effort(String effort) {
    return new Options(null, null, null, List.of(), effort, null);
  }

  private static void assertRefused(Map<String, @Nullable Object> extra, String field) {
    assertThatExceptionOfType(UnsupportedRequestException.class)
        .isThrownBy(() -> body(with(extra)))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field))
        .withMessageEndingWith(".");
  }

  @Test
  void plainRequestHoldsWhatTheFormatDemandsAndNoMore() {
    ChatRequest request = Requests.of(Message.of(Role.USER, "Hi \"there\" 😀"));
    UpstreamRequest call = new AnthropicWire().request(request, Dialect.STANDARD);
    assertThat(call.path()).isEqualTo("/v1/messages");
    assertThat(call.headers()).containsExactly(new Header("anthropic-version", "2023-06-01"));
    assertThat(body(request))
        .isEqualTo(
            Map.of(
                "model",
                "claude-x",
                "max_tokens",
                4096,
                "stream",
                false,
                "messages",
                List.of(Map.of("role", "user", "content", "Hi \"there\" 😀"))));
  }

  @Test
  void optionsTakeTheVendorsNames() {
    assertThat(body(with(FULL)))
        .containsEntry("max_tokens", 100)
        .containsEntry("temperature", 0.5)
        .containsEntry("top_p", 0.9)
        .containsEntry("stop_sequences", List.of("END"))
        .containsEntry("output_config", Map.of("effort", "high"))
        .containsEntry("stream", true);
    assertThat(body(with(new Options(null, null, null, List.of("\t"), null, null))))
        .doesNotContainKey("stop_sequences");
  }

  @Test
  void temperatureEndsAtOne() {
    Options hot = new Options(null, 1.7, null, List.of(), null, null);
    assertThat(body(with(hot))).containsEntry("temperature", 1.0);
  }

  @Test
  void newVersionTakesNoSampling() {
    assertThat(new AnthropicWire().headers(NEW))
        .containsExactly(new Header("anthropic-version", "2026-10-21"));
    assertThat(body(with(FULL), NEW))
        .doesNotContainKeys("temperature", "top_p")
        .containsEntry("max_tokens", 100);
    assertThat(body(with(Map.of("top_k", 5)), NEW)).doesNotContainKey("top_k");
    assertThat(body(with(Map.of("top_k", 5)))).containsEntry("top_k", 5);
  }

  @ParameterizedTest
  @CsvSource({"minimal, low", "low, low", "medium, medium", "xhigh, xhigh", "max, max"})
  void effortKeepsItsNameWhereItCan(String effort, String written) {
    assertThat(body(with(effort(effort))))
        .containsEntry("output_config", Map.of("effort", written))
        .doesNotContainKey("thinking");
  }

  @Test
  void noEffortMeansNoThinking() {
    assertThat(body(with(effort("none"))))
        .containsEntry("thinking", Map.of("type", "disabled"))
        .doesNotContainKey("output_config");
  }

  @Test
  void dialectDropsAndRenames() {
    Dialect dialect =
        new Dialect(Map.of("max_tokens", "limit", "top_p", "model"), Set.of("stream"), null, 7);
    assertThat(body(with(FULL), dialect))
        .containsEntry("limit", 100)
        .containsEntry("model", "claude-x")
        .doesNotContainKeys("max_tokens", "top_p", "stream");
    assertThat(body(with(Options.NONE), dialect)).containsEntry("limit", 7);
  }

  @Test
  void whatOnlyOpenAiKnowsIsLeftOut() {
    Map<String, @Nullable Object> extra =
        json(
            """
            {'seed':1,'logprobs':true,'top_logprobs':2,'logit_bias':{},'presence_penalty':0.1,
             'frequency_penalty':0.1,'n':1,'stream_options':{'include_usage':true},'store':true,
             'metadata':{'a':'b'},'prompt_cache_key':'k','service_tier':'flex','functions':[],
             'function_call':'auto','verbosity':'low','modalities':['text'],'audio':null,
             'prediction':null,'response_format':{'type':'text'},'user':null}""");
    assertThat(body(with(extra)).keySet())
        .containsExactlyInAnyOrder("model", "max_tokens", "stream", "messages");
  }

  @Test
  void whatNobodyKnowsIsCarriedUntouched() {
    Map<String, @Nullable Object> extra =
        json(
            """
            {'thinking':{'type':'adaptive'},'cache_control':{'type':'ephemeral'},
             'mcp_servers':[{'url':'x'}],'foo':1,'bar':null}""");
    assertThat(body(with(extra))).containsAllEntriesOf(extra);
  }

  @Test
  void whatTheRequestSaysByItselfCannotBeReplaced() {
    Map<String, @Nullable Object> extra =
        json("{'model':'dear','max_tokens':99999,'max_completion_tokens':99999,'stream':false}");
    assertThat(body(with(extra))).isEqualTo(body(with(Map.of())));
  }

  @Test
  void vendorsOwnWordsGoBeforeTranslatedOnes() {
    Map<String, @Nullable Object> extra =
        new LinkedHashMap<>(
            json(
                """
                {'thinking':{'type':'adaptive'},'output_config':{'effort':'max'},
                 'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':{}}}}"""));
    ChatRequest request =
        new ChatRequest(
            "m",
            List.of(Message.of(Role.USER, "Hi")),
            effort("none"),
            List.of(),
            null,
            false,
            extra);
    assertThat(body(request))
        .containsEntry("thinking", Map.of("type", "adaptive"))
        .containsEntry(
            "output_config", json("{'format':{'type':'json_schema','schema':{}},'effort':'max'}"));
  }

  @Test
  void schemaOfTheAnswerIsPassedOn() {
    Map<String, @Nullable Object> extra =
        json(
            """
            {'response_format':{'type':'json_schema','json_schema':{'name':'x','strict':true,
              'schema':{'type':'object'}}}}""");
    assertThat(body(with(extra)).get("output_config"))
        .isEqualTo(json("{'format':{'type':'json_schema','schema':{'type':'object'}}}"));
  }

  @Test
  void endUserBecomesMetadata() {
    assertThat(body(with(Map.of("user", "u", "metadata", Map.of("a", "b")))))
        .containsEntry("metadata", Map.of("user_id", "u"))
        .doesNotContainKey("user");
    assertThat(body(with(Map.of("user", "u", "safety_identifier", "s"))))
        .containsEntry("metadata", Map.of("user_id", "s"));
  }

  @Test
  void whatWouldChangeTheAnswersShapeIsRefused() {
    assertRefused(Map.of("n", 2), "n");
    assertRefused(Map.of("response_format", Map.of("type", "json_object")), "response_format");
    assertRefused(Map.of("response_format", Map.of("type", "json_schema")), "response_format");
  }

  @Test
  void instructionsGivenTwiceAreRefusedAndNeverLost() {
    Map<String, @Nullable Object> extra = Map.of("system", "A");
    assertThat(body(with(extra))).containsEntry("system", "A");
    ChatRequest both =
        new ChatRequest(
            "m",
            List.of(Message.of(Role.SYSTEM, "B"), Message.of(Role.USER, "Hi")),
            Options.NONE,
            List.of(),
            null,
            false,
            extra);
    assertThatExceptionOfType(UnsupportedRequestException.class).isThrownBy(() -> body(both));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-06-01", "2026-10-21"})
  void bothVersionsAreAskedForByHeader(String version) {
    Dialect dialect = new Dialect(Map.of(), Set.of(), version, 1);
    assertThat(new AnthropicWire().request(with(FULL), dialect).headers())
        .containsExactly(new Header("anthropic-version", version));
  }
}
