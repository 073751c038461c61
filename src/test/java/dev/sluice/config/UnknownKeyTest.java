package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownKeyTest {

  @Property
  void isNamedWhereverItStands(@ForAll("sections") String section, @ForAll("words") String word) {
    // A letter that no key begins with makes sure that nobody knows the word.
    String path = section + "y" + word;
    assertThat(Yamls.problems(Yamls.nested(path, "1"), Map.of()))
        .extracting(Problem::path, Problem::line)
        .containsExactly(tuple(path, Yamls.names(path).size()));
  }

  @Provide
  Arbitrary<String> sections() {
    return Arbitraries.of(
        "",
        "http.",
        "http.tls.",
        "chat.",
        "demo.",
        "local_servers.",
        "limits.",
        "log.",
        "providers.openai.",
        "providers.anthropic.timeouts.",
        "providers.gemini.pool.",
        "providers.ollama.dialect.");
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withCharRange('a', 'z').withChars('_', '-').ofMaxLength(20);
  }

  @ParameterizedTest
  @CsvSource({
    "htp, http",
    "http.prot, port",
    "http.Port, port",
    "http.idle-timeout, idle_timeout",
    "http.idleTimeout, idle_timeout",
    "http.timeout_idle, ",
    "provider, providers",
    "providers.openai.apikey, api_key",
    "providers.openai.timeouts.totl, total",
    "providers.openai.baseUrl, base_url",
    "limits.per_minutes, per_minute",
  })
  void comesWithWhatWasProbablyMeant(String path, String meant) {
    String advice = meant == null ? "there are " : "did you mean " + meant + "?";
    assertThat(Yamls.problems(Yamls.nested(path, "1"), Map.of()).get(0).message())
        .startsWith("is not a setting; " + advice);
  }

  @ParameterizedTest
  @CsvSource({"a,a,0", "'',abc,3", "port,prot,1", "port,pots,2", "port,sport,1", "ab,ca,2"})
  void typingErrorsAreCounted(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }
}
