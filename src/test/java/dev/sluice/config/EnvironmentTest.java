package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

  /** Variable, setting, what the variable says, what the file says, how it is read. */
  static Stream<Arguments> settings() {
    return Stream.of(
        setting("HOST", "http.host", "::1", "localhost", c -> c.http().host()),
        setting("PORT", "http.port", "81", "82", c -> c.http().port()),
        setting(
            "RATELIMIT_PER_MINUTE",
            "limits.per_minute",
            "1",
            "2",
            c -> c.limits().rates().perMinute()),
        setting(
            "RATELIMIT_PER_HOUR", "limits.per_hour", "1", "2", c -> c.limits().rates().perHour()),
        setting("RATELIMIT_PER_DAY", "limits.per_day", "1", "2", c -> c.limits().rates().perDay()),
        setting("MAX_TOKENS", "chat.max_tokens", "1", "2", c -> c.chat().maxTokens()),
        setting("TEMPERATURE", "chat.temperature", "0.1", "0.2", c -> c.chat().temperature()),
        setting("DEFAULT_MODEL", "chat.default_model", "a", "b", c -> c.chat().defaultModel()),
        setting("LOG_LEVEL", "log.level", "DEBUG", "ERROR", c -> c.log().level()),
        setting("LOG_FORMAT", "log.format", "JSON", "TEXT", c -> c.log().format()),
        setting("OPENAI_API_KEY", "providers.openai.api_key", "k-1", "k-2", key("openai")),
        setting("ANTHROPIC_API_KEY", "providers.anthropic.api_key", "k1", "k2", key("anthropic")),
        setting("GEMINI_API_KEY", "providers.gemini.api_key", "k1", "k2", key("gemini")),
        setting("GROQ_API_KEY", "providers.groq.api_key", "k1", "k2", key("groq")),
        setting(
            "OPENAI_BASE_URL", "providers.openai.base_url", "http://a", "http://b", url("openai")),
        setting(
            "GEMINI_BASE_URL", "providers.gemini.base_url", "http://a", "http://b", url("gemini")),
        setting(
            "ANTHROPIC_BASE_URL",
            "providers.anthropic.base_url",
            "http://a",
            "http://b",
            url("anthropic")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void theFileWinsOverTheVariableAndThatOverTheDefault(
      String variable, String path, String set, String written, Function<Config, ?> read) {
    Map<String, String> environment = Map.of(variable, set);
    assertThat(read.apply(ConfigReader.read(environment))).hasToString(set);
    assertThat(read.apply(Yamls.read(Yamls.nested(path, "~"), environment))).hasToString(set);
    assertThat(read.apply(Yamls.read(Yamls.nested(path, written), environment)))
        .hasToString(written);
    assertThat(ConfigReader.read(Map.of(variable, ""))).isEqualTo(Config.defaults());
  }

  @Test
  void theSecretIsTakenAndNotShown() {
    Config config = ConfigReader.read(Map.of("SECRET_KEY", "a long one"));
    assertThat(config.http().secretKey()).isEqualTo(new Secret("a long one"));
    assertThat(config.toString()).doesNotContain("a long one");
  }

  @Test
  void variablesWithoutAMeaningAreNoFault() {
    assertThat(ConfigReader.read(Map.of("SESSION_LIFETIME", "x", "STREAM_ENABLED", "true")))
        .isEqualTo(Config.defaults());
  }

  @Test
  void originsStandBetweenCommas() {
    String origins = "https://a.example , http://localhost:3000";
    assertThat(ConfigReader.read(Map.of("CORS_ORIGINS", origins)).http().corsOrigins())
        .containsExactly("https://a.example", "http://localhost:3000");
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, eighty",
    "RATELIMIT_PER_DAY, 0",
    "LOG_FORMAT, xml",
    "CORS_ORIGINS, chat.example",
    "FORCE_HTTPS, perhaps",
    "OPENAI_API_KEY, your-key-here",
    "OPENAI_BASE_URL, http://169.254.169.254",
    "ANTHROPIC_BASE_URL, https://x/v1",
  })
  void aFaultInAVariableIsNamedByTheVariable(String variable, String value) {
    assertThat(Yamls.problems("# nothing", Map.of(variable, value)))
        .extracting(Problem::path, Problem::line)
        .containsExactly(tuple(variable, 0));
  }

  @Test
  void placeholdersAreFilledIn() {
    Map<String, String> environment = Map.of("A", "1", "EMPTY", "", "TRICK", "${A}");
    assertThat(filled("${A}", environment)).isEqualTo("1");
    assertThat(filled("x${A}y${B:-2}z", environment)).isEqualTo("x1y2z");
    assertThat(filled("${B:-}", environment)).isNull();
    assertThat(filled("${EMPTY:-3}", environment)).isEqualTo("3");
    assertThat(filled("$${A} $A {A}", environment)).isEqualTo("${A} $A {A}");
    assertThat(filled("${TRICK}", environment)).isEqualTo("${A}");
    assertThat(filled("${B:-a:-b$1\\\\}", environment)).isEqualTo("a:-b$1\\\\");
  }

  @Test
  void aPlaceholderMayStandForANumber() {
    assertThat(Yamls.read("http: {port: '${P}'}", Map.of("P", "99")).http().port()).isEqualTo(99);
    assertThat(Yamls.read("http:\n  port: ${P:-98}").http().port()).isEqualTo(98);
  }

  @Test
  void aVariableThatIsNotSetIsNamedWithThePath() {
    assertThat(Yamls.problems("http:\n  port: ${NO_PORT}\n  host: a${NO_HOST}\n", Map.of()))
        .containsExactly(
            new Problem("http.port", 2, "needs the environment variable NO_PORT, which is not set"),
            new Problem(
                "http.host", 3, "needs the environment variable NO_HOST, which is not set"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${}", "${A", "${1}", "${A-b}", "${A:=b}"})
  void aBrokenPlaceholderIsRefused(String text) {
    assertThat(Yamls.problems(Yamls.nested("http.host", "'" + text + "'"), Map.of("A", "1")))
        .extracting(Problem::path, Problem::message)
        .containsExactly(
            tuple("http.host", "has a placeholder that is not ${NAME} or ${NAME:-default}"));
  }

  private static @Nullable String filled(String text, Map<String, String> environment) {
    return Yamls.read(Yamls.nested("chat.system_prompt", "'" + text + "'"), environment)
        .chat()
        .systemPrompt();
  }

  private static Arguments setting(
      String variable, String path, String set, String written, Function<Config, ?> read) {
    return Arguments.of(variable, path, set, written, read);
  }

  private static Function<Config, ?> key(String name) {
    return config -> config.providers().get(name).apiKey().reveal();
  }

  private static Function<Config, ?> url(String name) {
    return config -> config.providers().get(name).baseUrl();
  }
}
