package dev.sluice.config;

import dev.sluice.config.DemoConfig.DemoFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a {@link Config} of a file's text and the environment. What is written in the file wins
 * over an environment variable, and that over the default. All problems are found at once.
 */
public final class ConfigReader {
  private static final int MANY = 10_000_000;

  private final Section root;
  private final Environment environment;

  private ConfigReader(Section root, Environment environment) {
    this.root = root;
    this.environment = environment;
  }

  /**
   * What holds without a file.
   *
   * @throws ConfigException if the environment holds something impossible
   */
  public static Config read(Map<String, String> environment) {
    return read("The environment", new Value.Blank(0), new ArrayList<>(), environment);
  }

  /**
   * What holds with a file.
   *
   * @param name what messages call the file
   * @param yaml its text
   * @throws ConfigException if the file or the environment holds something impossible
   */
  public static Config read(String name, String yaml, Map<String, String> environment) {
    List<Problem> problems = new ArrayList<>();
    Value tree = new YamlReader(problems).read(yaml);
    return read(name, tree, problems, environment);
  }

  private static Config read(
      String name, Value tree, List<Problem> problems, Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Section root = new Section("", tree, new Source(environment, problems));
    Config config = new ConfigReader(root, environment).config();
    root.refuseUnknownKeys();
    if (!problems.isEmpty()) {
      throw new ConfigException(name, problems);
    }
    return config;
  }

  private Config config() {
    HttpConfig http = new HttpReader(root.section("http")).read();
    DemoConfig demo = demo(root.section("demo"));
    Map<String, ProviderConfig> providers =
        new ProviderReader(root.section("providers"), environment).read();
    LimitsConfig limits = new LimitsReader(root.section("limits")).read();
    return new Config(
        http,
        new ChatReader(root.section("chat"), providers, demo.enabled()).read(),
        providers,
        demo,
        localServers(root.section("local_servers")),
        limits,
        new KeysReader(root.section("keys"), limits.rates()).read(),
        LogReader.read(root.section("log")),
        MetricsReader.read(root.section("metrics")),
        TracesReader.read(root.section("traces")),
        management(root.section("management")));
  }

  private static DemoConfig demo(Section in) {
    DemoConfig usual = DemoConfig.DEFAULT;
    return new DemoConfig(
        in.key("enabled").flag().orElse(usual.enabled()),
        in.key("first_token").duration(Duration.ZERO).orElse(usual.firstToken()),
        in.key("tokens_per_second").number(0.01, 1_000_000).orElse(usual.tokensPerSecond()),
        in.key("jitter").number(0, 1).orElse(usual.jitter()),
        in.key("tokens").integer(0, MANY).orElse(usual.tokens()),
        in.key("fault").choice(DemoFault.class).orElse(usual.fault()));
  }

  private static ManagementConfig management(Section in) {
    ManagementConfig usual = ManagementConfig.DEFAULT;
    return new ManagementConfig(
        in.key("host").text().orElse(usual.host()), in.key("port").integer(0, 65_535).orElse(null));
  }

  private static LocalServersConfig localServers(Section in) {
    LocalServersConfig usual = LocalServersConfig.DEFAULT;
    return new LocalServersConfig(
        in.key("discover").flag().orElse(usual.discover()),
        in.key("interval").duration(Duration.ofSeconds(1)).orElse(usual.interval()));
  }
}
