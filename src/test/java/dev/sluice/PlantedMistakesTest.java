package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ConfigReader;
import dev.sluice.upstream.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --check} says of mistakes that were made on purpose. */
class PlantedMistakesTest {
  private static final Path MISTAKES = Path.of("src/test/resources/mistakes.yaml");
  private static final Pattern PLANTED = Pattern.compile("#! ([^:]+): (.+)$");

  @TempDir private Path folder;

  private static String check(Path file) throws Exception {
    try (var process = GatewayProcess.start("--check", "--config", file.toString())) {
      assertThat(process.exitCode()).as(process.output()).isEqualTo(78);
      return process.output();
    }
  }

  @Test
  void eachIsNamedByItsPathAndItsLineWithWhatToDoAboutIt() throws Exception {
    List<String> lines = Files.readAllLines(MISTAKES);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher planted = PLANTED.matcher(lines.get(i));
      if (planted.find()) {
        expected.add("  %s (line %d): %s".formatted(planted.group(1), i + 1, planted.group(2)));
      }
    }
    assertThat(expected).hasSizeGreaterThan(40);
    String said = check(MISTAKES);
    assertThat(said).startsWith(MISTAKES + " cannot be used:");
    List<String> told = said.lines().skip(1).toList();
    assertThat(expected).allSatisfy(one -> assertThat(told).anyMatch(line -> line.startsWith(one)));
    assertThat(told).as("and nothing else is blamed").hasSameSizeAs(expected);
    assertThat(said).doesNotContain("sluice_secret", "short");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http: {port: 1, port: 2}\n",
        "http:\n\tport: 1\n",
        "http: [1\n",
        "http: &a {port: 1}\nchat: *a\n",
        "- http\n",
        "http: 'a\n",
      })
  void aFileThatIsNoYamlOfOursIsNamedByItsLine(String yaml) throws Exception {
    assertThat(problem(yaml)).matches("(?s).* cannot be used:.*line \\d+.*");
  }

  private static String problem(String yaml) {
    try {
      ConfigReader.read("a.yaml", yaml, Map.of());
      return "nothing";
    } catch (dev.sluice.config.ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aCertificateAndAKeyHaveToBelongTogether() throws Exception {
    var mine = TestCertificates.localhost();
    var other = TestCertificates.selfSigned();
    Path nonsense = Files.writeString(folder.resolve("a.pem"), "nonsense");
    assertThat(problem(tls(mine.certificateFile(), mine.keyFile()))).isEqualTo("nothing");
    assertThat(problem(tls(mine.certificateFile(), other.keyFile())))
        .contains("http.tls.key (line 1): is not the key of that certificate");
    assertThat(problem(tls(nonsense, mine.keyFile())))
        .contains("http.tls.certificate (line 1): must be a certificate as PEM");
    assertThat(problem(tls(mine.certificateFile(), nonsense)))
        .contains("http.tls.key (line 1): must be an unencrypted PKCS#8 key as PEM");
  }

  private static String tls(Path certificate, Path key) {
    return "http: {tls: {certificate: '%s', key: '%s'}}\n".formatted(certificate, key);
  }

  @Test
  void everyFileOfSettingsThatComesAlongIsGood() throws Exception {
    try (var files = Files.list(Path.of("conf"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".yaml")).toList())
          .hasSizeGreaterThan(1)
          .allSatisfy(
              file ->
                  assertThat(problem(Files.readString(file))).as("%s", file).isEqualTo("nothing"));
    }
  }
}
