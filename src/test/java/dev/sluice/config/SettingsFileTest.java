package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that is shipped says what the code does. */
class SettingsFileTest {
  private static final String EXAMPLES = "  # ---- Examples";

  private final String shipped = read(ConfigLoader.USUAL);
  private final String uncommented = uncommented(shipped);
  private final String settings = uncommented.substring(0, uncommented.indexOf(EXAMPLES));

  @Test
  void asShippedItChangesNothing() {
    assertThat(ConfigReader.read("shipped", shipped, Map.of())).isEqualTo(Config.defaults());
  }

  @Test
  void everySettingShowsItsDefault() {
    assertThat(settings).contains("\n  port: 8080\n", "\n      total: 10m\n");
    assertThat(ConfigReader.read("settings", settings, Map.of())).isEqualTo(Config.defaults());
  }

  @Test
  void leavesTheEnvironmentItsSay() {
    Map<String, String> environment = Map.of("PORT", "9000", "OPENAI_API_KEY", "k-1");
    assertThat(ConfigReader.read("shipped", shipped, environment))
        .isEqualTo(ConfigReader.read(environment));
    assertThat(ConfigReader.read("settings", settings, Map.of("OPENAI_API_KEY", "k-1")))
        .isEqualTo(ConfigReader.read(Map.of("OPENAI_API_KEY", "k-1")));
  }

  @Test
  void everyExampleCanBeUsed() {
    Map<String, String> keys =
        ProviderKinds.ALL.stream()
            .map(ProviderKind::keyVariable)
            .filter(variable -> variable != null)
            .collect(Collectors.toMap(Function.identity(), variable -> "k-" + variable));
    Config config = ConfigReader.read("examples", uncommented, keys);
    Set<String> shown =
        config.providers().values().stream().map(p -> p.kind().name()).collect(Collectors.toSet());
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            ProviderKinds.ALL.stream().map(ProviderKind::name).toList());
  }

  @Test
  void everyKindStandsInItsList() {
    assertThat(ProviderKinds.ALL)
        .allSatisfy(kind -> assertThat(shipped).containsPattern("# .*\\b" + kind.name() + "\\b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http",
        "http.tls",
        "chat",
        "demo",
        "local_servers",
        "limits",
        "limits.redis",
        "keys",
        "log",
        "metrics",
        "traces",
        "management",
        "providers.openai",
        "providers.openai.timeouts",
        "providers.openai.pool",
        "providers.openai.dialect"
      })
  void everyKnownKeyStandsInTheFile(String section) {
    assertThat(keysIn(section)).containsExactlyInAnyOrderElementsOf(knownKeys(section));
  }

  @Test
  void everyVariableStandsInTheFile() throws Exception {
    Pattern or = Pattern.compile("\\.or\\(\"([A-Z_]+)\"\\)");
    List<String> variables = new ArrayList<>();
    for (String reader :
        List.of(
            "HttpReader",
            "ChatReader",
            "LimitsReader",
            "LogReader",
            "MetricsReader",
            "TracesReader")) {
      Path source = Path.of("src/main/java/dev/sluice/config", reader + ".java");
      Matcher matcher = or.matcher(Files.readString(source));
      while (matcher.find()) {
        variables.add(matcher.group(1));
      }
    }
    assertThat(variables)
        .hasSize(18)
        .allSatisfy(name -> assertThat(shipped).contains("[" + name + "]"));
  }

  /** The reader itself tells what it knows, when it is shown a key that it does not know. */
  private static Set<String> knownKeys(String section) {
    String yaml = Yamls.nested(section + ".qqqqqqqqqqqqqqqqqqqq", "1");
    String message = Yamls.problems(yaml, Map.of()).get(0).message();
    String list = message.substring(message.indexOf("there are ") + "there are ".length());
    return new TreeSet<>(Arrays.asList(list.split(", ")));
  }

  private Set<String> keysIn(String section) {
    Value value = new YamlReader(new ArrayList<>()).read(settings);
    for (String name : Yamls.names(section)) {
      value = ((Value.Block) value).members().get(name);
    }
    return ((Value.Block) value).members().keySet();
  }

  /** Prose begins with one blank after the #; all else is a setting. */
  private static String uncommented(String yaml) {
    return Pattern.compile("^( *)#(?! \\S|$)", Pattern.MULTILINE).matcher(yaml).replaceAll("$1");
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
