package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Config;
import dev.sluice.config.ConfigReader;
import dev.sluice.upstream.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files that start the gateway elsewhere agree with the gateway. */
class DeploymentFilesTest {

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  /** All mappings in a tree, the tree itself first. */
  private static List<Map<?, ?>> mappings(Object tree) {
    List<Map<?, ?>> found = new ArrayList<>();
    if (tree instanceof Map<?, ?> map) {
      found.add(map);
      map.values().forEach(value -> found.addAll(mappings(value)));
    } else if (tree instanceof Iterable<?> items) {
      items.forEach(item -> found.addAll(mappings(item)));
    }
    return found;
  }

  private static List<Map<?, ?>> manifests() throws IOException {
    List<Map<?, ?>> all = new ArrayList<>();
    new Yaml().loadAll(read("deploy/kubernetes.yaml")).forEach(one -> all.add((Map<?, ?>) one));
    return all;
  }

  private static Map<?, ?> services() throws IOException {
    Map<?, ?> compose = new Yaml().load(read("docker-compose.yml"));
    return (Map<?, ?>) compose.get("services");
  }

  @Test
  void everyProbeAsksWhatIsThere() throws Exception {
    try (var gateway = TestGateway.start("")) {
      List<Map<?, ?>> probes =
          mappings(manifests()).stream().filter(map -> map.containsKey("httpGet")).toList();
      assertThat(probes).hasSize(3);
      for (Map<?, ?> probe : probes) {
        Map<?, ?> get = (Map<?, ?>) probe.get("httpGet");
        assertThat(get.get("port")).isEqualTo("http");
        assertThat(status(gateway, (String) get.get("path"))).isEqualTo(200);
      }
      Matcher check = Pattern.compile("127.0.0.1:8080(/\\S+)").matcher(read("Dockerfile"));
      assertThat(check.find()).isTrue();
      assertThat(status(gateway, check.group(1))).isEqualTo(200);
    }
  }

  private static int status(TestGateway gateway, String path) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      return client.get(path).readHead().status();
    }
  }

  @Test
  void whoeverIsToldToStopHasTheTimeForIt() throws Exception {
    Duration drain = Config.defaults().http().drain();
    Map<?, ?> sluice = (Map<?, ?>) services().get("sluice");
    int compose = Integer.parseInt(((String) sluice.get("stop_grace_period")).replace("s", ""));
    int unit = Integer.parseInt(find("TimeoutStopSec=(\\d+)", read("deploy/sluice.service")));
    int kubernetes =
        mappings(manifests()).stream()
            .filter(map -> map.containsKey("terminationGracePeriodSeconds"))
            .mapToInt(map -> (Integer) map.get("terminationGracePeriodSeconds"))
            .findFirst()
            .orElseThrow();
    assertThat(List.of(compose, unit, kubernetes))
        .allMatch(seconds -> seconds > drain.toSeconds() + 5);
  }

  @Test
  void composeMountsWhatIsThereAndPrometheusFindsTheGateway() throws Exception {
    for (Object service : services().values()) {
      Object volumes = ((Map<?, ?>) service).get("volumes");
      for (Object volume : volumes == null ? List.of() : (List<?>) volumes) {
        String source = ((String) volume).split(":", 2)[0];
        if (source.startsWith("./")) {
          assertThat(Path.of(source)).isRegularFile();
        }
      }
    }
    Config config =
        ConfigReader.read("compose", read("deploy/compose/sluice.yaml"), Map.of("HOST", "0.0.0.0"));
    assertThat(config.metrics().enabled()).isTrue();
    assertThat(read("deploy/monitoring/prometheus.yml"))
        .contains("\"sluice:" + config.management().port() + "\"");
  }

  /** What the image's stages copy out of the sources, which .dockerignore lets through. */
  @Test
  void theImageIsMadeOfWhatIsThere() throws Exception {
    Matcher copied = Pattern.compile("(?m)^COPY (?!--from)(\\S+) ").matcher(read("Dockerfile"));
    List<String> sources = copied.results().map(found -> found.group(1)).toList();
    assertThat(sources).contains("pom.xml", "src", "webroot");
    String ignored = read(".dockerignore");
    assertThat(sources)
        .allSatisfy(
            source -> {
              assertThat(Path.of(source)).exists();
              assertThat(ignored).contains("!" + source);
            });
    assertThat(read("Dockerfile")).contains("USER 10001", "ENTRYPOINT [\"bin/sluice\"]");
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
