package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads a gateway with streams, checks every token of each, and writes what it found as a page.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.mainClass=dev.sluice.bench.LoadTest -Dexec.classpathScope=test
 *
 * --streams 100,500,1000   how many at a time; a stage for each
 * --requests N    of each stage, if it is not over before
 * --seconds 10    each stage; --rate 20  tokens a second of each stream; --tokens 100  of each stream
 * --upstream mock          mock: a process that speaks OpenAI's API; demo: the built-in model
 * --url URL                a gateway on this machine that runs already; --pid N  its process
 * --body JSON              what is asked of it, whose answer has to count
 * --report FILE            target/load-test.html
 * --jvm "FLAGS"            of the gateway that it starts, with conf/loadtest.yaml
 * </pre>
 *
 * Leaves with 1 if any stream was cut, refused or damaged. Tools for general purposes see events
 * and not tokens: they miss what is lost or swapped, and cost more of the machine than the gateway.
 */
public final class LoadTest {
  private static final List<String> NAMES =
      List.of(
          "streams",
          "requests",
          "seconds",
          "rate",
          "tokens",
          "upstream",
          "url",
          "pid",
          "body",
          "report",
          "jvm");
  private static final int MICROS = 1_000_000;
  private static final int WARM_UP_STREAMS = 32;
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  private final Options options;

  private LoadTest(Options options) {
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean good = run(args);
    System.exit(good ? 0 : 1);
  }

  /** Runs all stages and writes the page; whether nothing was wrong. */
  static boolean run(String... args) throws IOException, InterruptedException {
    return new LoadTest(new Options(NAMES, args)).run();
  }

  private boolean run() throws IOException, InterruptedException {
    if (options.isSet("url")) {
      int pid = options.number("pid", 0);
      return measure(
          options.text("url", ""), pid == 0 ? null : ProcessHandle.of(pid).orElseThrow());
    }
    int mock = ChildProcess.freePort();
    int port = ChildProcess.freePort();
    try (ChildProcess upstream = upstream(mock);
        ChildProcess gateway = gateway(port, mock)) {
      upstream.awaitPort(mock);
      gateway.awaitPort(port);
      String url = "http://127.0.0.1:" + port + "/api/chat/stream";
      warmUp(url, mock);
      return measure(url, gateway.family().get(0));
    }
  }

  /** A JVM that has just started is slow: streams without a pause show it what it will do. */
  private void warmUp(String url, int mock) throws IOException {
    MockControl.use(mock, new MockSettings(tokens(), 0, 1));
    StreamLoad.run(load(url, WARM_UP_STREAMS, WARM_UP));
    MockControl.use(mock, new MockSettings(tokens(), MICROS / rate(), 1));
  }

  private ChildProcess upstream(int port) throws IOException {
    MockSettings pace = new MockSettings(tokens(), MICROS / rate(), 1);
    return ChildProcess.start(
        ChildProcess.java(
            List.of("-XX:+UseSerialGC", "-Xmx256m"),
            MockUpstream.class.getName(),
            "--port",
            port,
            "--tokens",
            pace.tokens(),
            "--pace",
            pace.paceMicros()),
        Map.of());
  }

  private ChildProcess gateway(int port, int mock) throws IOException {
    List<String> flags = List.of(options.text("jvm", "-XX:+UseSerialGC -Xmx1g").split(" ", -1));
    return ChildProcess.start(
        ChildProcess.java(flags, "dev.sluice.Main", "--config", "conf/loadtest.yaml"),
        Map.of(
            "PORT",
            Integer.toString(port),
            "LOADTEST_UPSTREAM",
            "http://127.0.0.1:" + mock + "/v1"));
  }

  private boolean measure(String url, @Nullable ProcessHandle gateway)
      throws IOException, InterruptedException {
    List<LoadStage> stages = new ArrayList<>();
    for (String streams : options.text("streams", "100,500,1000").split(",", -1)) {
      Duration time = Duration.ofSeconds(options.number("seconds", 10));
      LoadStage stage = LoadStage.run(load(url, Integer.parseInt(streams), time), gateway);
      System.out.println(streams + " streams: " + stage.report());
      stages.add(stage);
    }
    Path page = Path.of(options.text("report", "target/load-test.html"));
    String title = url + ", " + tokens() + " tokens a stream at " + rate() + " a second";
    Files.writeString(page, new LoadPage(title, stages).html());
    System.out.println(page.toAbsolutePath());
    return stages.stream().allMatch(stage -> stage.report().faults() == 0);
  }

  private LoadOptions load(String url, int streams, Duration time) {
    LoadOptions load =
        LoadOptions.of(
            "--url",
            url,
            "--body",
            options.text("body", body()),
            "--streams",
            Integer.toString(streams),
            "--seconds",
            Long.toString(time.toSeconds()),
            "--tokens",
            Integer.toString(tokens()),
            "--ramp",
            Long.toString(Math.min(streams, time.toMillis() / 2)));
    return options.isSet("requests") ? load.withRequests(options.number("requests", 0)) : load;
  }

  private String body() {
    if (options.text("upstream", "mock").equals("mock")) {
      return "{\"message\":\"hello\",\"provider\":\"mock\",\"model\":\"mock-1\"}";
    }
    return "{\"message\":\"hello\",\"model\":\"demo-count?first_token_ms=0&jitter=0&tokens=%d&tokens_per_second=%d\"}"
        .formatted(tokens(), rate());
  }

  private int tokens() {
    return options.number("tokens", 100);
  }

  private int rate() {
    return options.number("rate", 20);
  }
}
