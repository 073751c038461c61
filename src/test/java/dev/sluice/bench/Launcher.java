package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts what is to be measured, each as its own process. */
final class Launcher {
  private static final String OPENAI_PATH = "/v1/chat/completions";
  private static final Duration FIRST_ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final String MANY = "10000000";

  private final Options options;
  private final List<String> jvm;
  private final int mockPort;

  /**
   * @param options of {@link Bench}
   */
  Launcher(Options options) throws IOException, InterruptedException {
    this.options = options;
    this.jvm = List.of(options.text("jvm", "-XX:+UseSerialGC -Xmx512m").split(" ", -1));
    this.mockPort = ChildProcess.freePort();
    var flags = List.of("-XX:+UseSerialGC", "-Xmx256m");
    var command = ChildProcess.java(flags, MockUpstream.class.getName(), "--port", mockPort);
    ChildProcess.start(pinned(0, command), Map.of()).awaitPort(mockPort);
  }

  int mockPort() {
    return mockPort;
  }

  /**
   * Starts a target and waits until it has answered once.
   *
   * @param name direct, plain, gather, nginx or sluice
   */
  Target start(String name) throws IOException, InterruptedException {
    int port = ChildProcess.freePort();
    return switch (name) {
      case "direct" -> new Target(name, mockPort, OPENAI_PATH, OPENAI_PATH, null, 0, 0);
      case "plain" -> launched(name, port, proxy(port), OPENAI_PATH, OPENAI_PATH);
      case "gather" -> launched(name, port, proxy(port, "--gather"), OPENAI_PATH, OPENAI_PATH);
      case "nginx" ->
          launched(name, port, NginxConfig.command(port, mockPort), OPENAI_PATH, OPENAI_PATH);
      case "sluice" ->
          options.text("api", "page").equals("page")
              ? launched(name, port, sluice(), "/api/chat/stream", "/api/chat")
              : launched(name, port, sluice(), OPENAI_PATH, OPENAI_PATH);
      default -> throw new IllegalArgumentException("there is no target " + name);
    };
  }

  private List<String> proxy(int port, Object... more) {
    var flags = new ArrayList<>(jvm);
    flags.add("-Dlogback.configurationFile=dev/sluice/bench/logback.xml");
    var args = new ArrayList<Object>(List.of("--port", port, "--upstream", mockPort));
    args.addAll(List.of("--loops", options.number("loops", 1)));
    args.addAll(List.of(more));
    return ChildProcess.java(flags, PlainProxy.class.getName(), args.toArray());
  }

  private List<String> sluice() throws IOException {
    if (options.isSet("sluice")) {
      return List.of(options.text("sluice", "").split(" ", -1));
    }
    String config = options.text("config", "");
    return ChildProcess.java(
        jvm, "dev.sluice.Main", "--config", config.isEmpty() ? sluiceConfig() : config);
  }

  private String sluiceConfig() throws IOException {
    Path file = Files.createTempFile("sluice", ".yaml");
    file.toFile().deleteOnExit();
    String text =
        """
        http:
          instances: %d
        local_servers:
          discover: false
        providers:
          openai:
            models: [mock-1]
            pool:
              connections: 10000
              waiting: 10000
        """;
    return Files.writeString(file, text.formatted(options.number("loops", 1))).toString();
  }

  /** What the gateway reads; the other targets do not look at it. */
  private Map<String, String> environment(int port) {
    return Map.of(
        "PORT",
        Integer.toString(port),
        "OPENAI_BASE_URL",
        "http://127.0.0.1:" + mockPort + "/v1",
        "OPENAI_API_KEY",
        "test",
        "DEFAULT_MODEL",
        "mock-1",
        "RATELIMIT_PER_MINUTE",
        MANY,
        "RATELIMIT_PER_HOUR",
        MANY,
        "RATELIMIT_PER_DAY",
        MANY,
        "LOG_LEVEL",
        "warn");
  }

  private Target launched(
      String name, int port, List<String> command, String streamPath, String plainPath)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    var process = ChildProcess.start(pinned(1, command), environment(port)).awaitPort(port);
    var probe = new Target(name, port, streamPath, plainPath, process, 0, 0);
    answerOnce(probe, process);
    long millis = (System.nanoTime() - started) / 1_000_000;
    return new Target(name, port, streamPath, plainPath, process, millis, process.cost().rssKb());
  }

  private void answerOnce(Target target, ChildProcess process) throws IOException {
    MockControl.use(mockPort, new MockSettings(Shape.FAST.mock(1).tokens(), 0, 1));
    var once = Shape.FAST.load(target, 1, 1).withRequests(1);
    long deadline = System.nanoTime() + FIRST_ANSWER_LIMIT.toNanos();
    while (StreamLoad.run(once).whole == 0) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(target.name() + " does not answer: " + process.said());
      }
    }
  }

  private List<String> pinned(int core, List<String> command) {
    if (!options.isSet("pin")) {
      return command;
    }
    var pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    pinned.addAll(command);
    return pinned;
  }
}
