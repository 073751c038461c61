package dev.sluice.config;

import dev.sluice.config.DemoConfig.DemoFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Config} of a file's text and the environment. What is written in the file wins
 * over an environment variable, and that over the default. All problems are found at once.
 */
public final class ConfigReader {
  private static final int MANY = 10_000_000;

  private static final Map<String, String> LEVELS = levels();

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
    HttpConfig http = http(root.section("http"));
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
        log(root.section("log")));
  }

  private static HttpConfig http(Section in) {
    HttpConfig usual = HttpConfig.DEFAULT;
    Duration heartbeat = in.key("heartbeat").duration().orElse(usual.heartbeat());
    return new HttpConfig(
        in.key("host").or("HOST").text().orElse(usual.host()),
        in.key("port").or("PORT").integer(0, 65_535).orElse(usual.port()),
        in.key("max_body").bytes(1 << 10, 1 << 28).orElse(usual.maxBodyBytes()),
        in.key("body_deadline").duration().orElse(usual.bodyDeadline()),
        idleTimeout(in.key("idle_timeout"), heartbeat),
        in.key("drain").duration(Duration.ZERO).orElse(usual.drain()),
        in.key("hold_status").duration(Duration.ZERO).orElse(usual.holdStatus()),
        heartbeat,
        in.key("slow_client").duration().orElse(usual.slowClient()),
        in.key("instances").integer(0, 1_024).orElse(usual.instances()),
        tls(in.section("tls")),
        in.key("trusted_proxies").cidrs().orElse(usual.trustedProxies()),
        in.key("forwarded_header").choice(ForwardedHeader.class).orElse(usual.forwardedHeader()),
        in.key("secret_key").or("SECRET_KEY").header().orElse(null),
        in.key("metrics").flag().orElse(usual.metrics()),
        in.key("offline").flag().orElse(usual.offline()));
  }

  /** A stream's heartbeats have to come before its connection counts as idle. */
  private static Duration idleTimeout(Setting written, Duration heartbeat) {
    Duration idleTimeout = written.duration().orElse(HttpConfig.DEFAULT.idleTimeout());
    if (idleTimeout.compareTo(heartbeat) <= 0) {
      written.refuse("must be longer than heartbeat, which is " + Quantities.written(heartbeat));
    }
    return idleTimeout;
  }

  private static @Nullable TlsConfig tls(Section in) {
    Setting certificate = in.key("certificate");
    Setting key = in.key("key");
    if (!certificate.isWritten() && !key.isWritten()) {
      return null;
    }
    Optional<String> certificateFile = certificate.required().file();
    Optional<String> keyFile = key.required().file();
    return new TlsConfig(certificateFile.orElse(""), keyFile.orElse(""));
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

  private static LocalServersConfig localServers(Section in) {
    LocalServersConfig usual = LocalServersConfig.DEFAULT;
    return new LocalServersConfig(
        in.key("discover").flag().orElse(usual.discover()),
        in.key("interval").duration(Duration.ofSeconds(1)).orElse(usual.interval()));
  }

  private static LogConfig log(Section in) {
    LogConfig usual = LogConfig.DEFAULT;
    return new LogConfig(
        in.key("level").or("LOG_LEVEL").choice(LEVELS).orElse(usual.level()),
        in.key("format").or("LOG_FORMAT").choice(LogConfig.Format.class).orElse(usual.format()));
  }

  /** The usual words, and those that Python has for them. */
  private static Map<String, String> levels() {
    Map<String, String> levels = new LinkedHashMap<>();
    levels.put("trace", "TRACE");
    levels.put("debug", "DEBUG");
    levels.put("info", "INFO");
    levels.put("warn", "WARN");
    levels.put("warning", "WARN");
    levels.put("error", "ERROR");
    levels.put("critical", "ERROR");
    return levels;
  }
}
