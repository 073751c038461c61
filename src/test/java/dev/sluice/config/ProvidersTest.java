package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.chat.Price;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {

  @Test
  void threeAreAlwaysThereButCannotBeAskedWithoutAKey() {
    Map<String, ProviderConfig> providers = Config.defaults().providers();
    assertThat(providers.keySet()).containsExactly("openai", "anthropic", "gemini");
    assertThat(providers.values()).noneMatch(ProviderConfig::usable);
  }

  @Test
  void aKeyMakesTheOthersAppear() {
    Config config =
        ConfigReader.read(Map.of("MISTRAL_API_KEY", "k", "GROQ_API_KEY", "k", "XAI_API_KEY", " "));
    assertThat(config.providers().keySet())
        .containsExactly("openai", "anthropic", "gemini", "groq", "mistral");
    assertThat(config.providers().get("groq").usable()).isTrue();
  }

  @Test
  void aKeyForAzureAloneDoesNotSayWhereAzureIs() {
    Map<String, String> key = Map.of("AZURE_OPENAI_API_KEY", "k");
    assertThat(ConfigReader.read(key)).isEqualTo(Config.defaults());
    ProviderConfig azure =
        Yamls.read(Yamls.nested("providers.azure.base_url", "https://r.openai.azure.com"), key)
            .providers()
            .get("azure");
    assertThat(azure.apiKey()).isEqualTo(new Secret("k"));
    assertThat(azure.auth()).isEqualTo(Auth.API_KEY);
  }

  @Test
  void claudeIsAnthropic() {
    Config config = Config.defaults();
    assertThat(config.provider("claude")).isEqualTo(config.provider("anthropic")).isPresent();
    assertThat(config.provider("openai").orElseThrow().name()).isEqualTo("openai");
    assertThat(config.provider("nobody")).isEmpty();
  }

  @Test
  void everySettingOfAProviderArrives() {
    ProviderConfig provider =
        Yamls.read(
                """
                providers:
                  house:
                    kind: openai-compatible
                    base_url: https://models.example.com/v1/
                    api_key: " k-1 "
                    auth: x-api-key
                    models: [a/b:c, d]
                    default_model: d
                    timeouts: {connect: 1s, first_token: 2s, silence: 3s, total: 4s}
                    pool: {connections: 5, waiting: 0}
                    dialect:
                      rename: {seed: random_seed}
                      drop: [user]
                      version: v
                      max_tokens: 6
                    headers: {X-Team: blue sky}
                    ca_certificate: pom.xml
                    prices:
                      d: {input: 2.5, output: 10}
                      a/b:c: {input: 1, output: 2, cached_input: 0.1}
                    contexts: {d: 32000}
                """)
            .provider("house")
            .orElseThrow();
    assertThat(provider)
        .isEqualTo(
            new ProviderConfig(
                "house",
                ProviderKinds.named("openai-compatible").orElseThrow(),
                "https://models.example.com/v1",
                new Secret("k-1"),
                Auth.X_API_KEY,
                List.of("a/b:c", "d"),
                "d",
                new TimeoutConfig(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4)),
                new PoolConfig(5, 0),
                new DialectConfig(Map.of("seed", "random_seed"), Set.of("user"), "v", 6),
                Map.of("x-team", new Secret("blue sky")),
                "pom.xml",
                Map.of("d", new Price(2.5, 2.5, 10), "a/b:c", new Price(1, 0.1, 2)),
                Map.of("d", 32_000)));
  }

  @Test
  void theFilesProvidersFollowInItsOrder() {
    Config config = Yamls.read("providers: {vllm: ~, gemini: ~, ollama: ~}");
    assertThat(config.providers().keySet())
        .containsExactly("openai", "anthropic", "gemini", "vllm", "ollama");
    assertThat(config.providers().get("vllm").usable()).isTrue();
  }

  @Test
  void aModelServerNeedsNoKeyAndAnyKeyWillDo() {
    Config config = Yamls.read("providers: {ollama: {api_key: changeme}}");
    assertThat(config.providers().get("ollama").apiKey()).isEqualTo(new Secret("changeme"));
  }

  @Test
  void withoutAuthNoKeyIsNeeded() {
    Config config = Yamls.read("providers: {openai: {auth: none, base_url: 'http://proxy'}}");
    assertThat(config.providers().get("openai").usable()).isTrue();
  }

  @Test
  void theDefaultModelComesFromTheKindOrFromTheList() {
    assertThat(defaultModel("{}")).isEqualTo("gpt-6-sol");
    assertThat(defaultModel("{models: [a, b]}")).isEqualTo("a");
    assertThat(defaultModel("{models: [a, gpt-6-sol]}")).isEqualTo("gpt-6-sol");
    assertThat(defaultModel("{models: [a, b], default_model: b}")).isEqualTo("b");
    assertThat(defaultModel("{default_model: b}")).isEqualTo("b");
    assertThat(defaultModel("{kind: groq}")).isNull();
  }

  private static String defaultModel(String openai) {
    return Yamls.read("providers: {openai: " + openai + "}")
        .providers()
        .get("openai")
        .defaultModel();
  }

  @Test
  void timeoutsThatAreNotWrittenFitIntoTheTotal() {
    TimeoutConfig timeouts =
        Yamls.read("providers: {openai: {timeouts: {total: 20s}}}")
            .providers()
            .get("openai")
            .timeouts();
    assertThat(timeouts)
        .isEqualTo(
            new TimeoutConfig(
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20)));
  }

  @Test
  void aDialectBeginsWithItsKinds() {
    assertThat(dialect("ollama", "{}").rename())
        .containsExactly(Map.entry("max_completion_tokens", "max_tokens"));
    assertThat(dialect("ollama", "{rename: {}}").rename()).isEmpty();
    assertThat(dialect("ollama", "{rename: ~}").rename()).hasSize(1);
    assertThat(dialect("mistral", "{}").drop()).contains("stream_options", "user");
    assertThat(dialect("mistral", "{drop: []}").drop()).isEmpty();
    assertThat(dialect("openai", "{}")).isEqualTo(DialectConfig.STANDARD);
  }

  @Test
  void anOlderVersionOfAnthropicsStillTakesATemperature() {
    assertThat(dialect("anthropic", "{}").drop()).contains("temperature");
    assertThat(dialect("anthropic", "{version: '2026-10-21'}").drop()).contains("temperature");
    assertThat(dialect("anthropic", "{version: 2023-06-01}"))
        .isEqualTo(new DialectConfig(Map.of(), Set.of(), "2023-06-01", 4096));
  }

  private static DialectConfig dialect(String name, String dialect) {
    return Yamls.read("providers: {" + name + ": {dialect: " + dialect + "}}")
        .providers()
        .get(name)
        .dialect();
  }

  @Test
  void aHeaderStandsOnce() {
    assertThat(
            Yamls.problems("providers: {openai: {headers: {X-A: 1, x-a: 2, 'b c': 3}}}", Map.of()))
        .extracting(Problem::path)
        .containsExactly("providers.openai.headers.x-a", "providers.openai.headers.b c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "changeme",
        "CHANGE_ME",
        "replace-me",
        "your-key-here",
        "your_openai_api_key",
        "sk-your-key",
        "sk-...",
        "sk-ant-...",
        "sk-proj-xxxxxxxx",
        "xxx",
        "<key>",
        "[key]",
        "insert-your-key-here",
        "api-key-here",
        "api_key",
        "***",
        "todo",
        "null",
      })
  void anExamplesTextIsNoKey(String text) {
    assertThat(PlaceholderKey.matches(new Secret(text))).isTrue();
    assertThat(Yamls.problems("# nothing", Map.of("GROQ_API_KEY", text)))
        .extracting(Problem::path)
        .containsExactly("GROQ_API_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-proj-Abc123_x-Y", "test-key", "k", "gsk_0xxx1", "AIzaSyyour"})
  void aKeyIsAKey(String text) {
    assertThat(PlaceholderKey.matches(new Secret(text))).isFalse();
  }

  @Test
  void localServersAreLookedForAtTheirUsualPorts() {
    assertThat(candidates("http: {port: 1}"))
        .containsExactly(
            tuple("ollama", "http://127.0.0.1:11434/v1"),
            tuple("vllm", "http://127.0.0.1:8000/v1"),
            tuple("llamacpp", "http://127.0.0.1:8080/v1"),
            tuple("llamacpp", "http://127.0.0.1:9931/v1"),
            tuple("lmstudio", "http://127.0.0.1:1234/v1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "localhost", "::"})
  void theGatewayDoesNotFindItself(String host) {
    assertThat(candidates("http: {host: '" + host + "'}"))
        .hasSize(4)
        .doesNotContain(tuple("llamacpp", "http://127.0.0.1:8080/v1"));
  }

  @Test
  void anotherAddressAtTheSamePortIsNotTheGateway() {
    assertThat(candidates("http: {host: 192.0.2.1}")).hasSize(5);
  }

  @Test
  void whatIsConfiguredIsNotLookedFor() {
    String yaml =
        """
        http: {port: 1}
        providers:
          ollama: ~
          mine: {kind: vllm}
        """;
    assertThat(candidates(yaml))
        .extracting(t -> t.toList().get(0))
        .containsExactly("llamacpp", "llamacpp", "lmstudio");
    assertThat(candidates("local_servers: {discover: false}")).isEmpty();
  }

  private static List<org.assertj.core.groups.Tuple> candidates(String yaml) {
    return Yamls.read(yaml).localCandidates().stream()
        .map(provider -> tuple(provider.name(), provider.baseUrl()))
        .toList();
  }
}
