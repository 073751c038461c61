package dev.sluice.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Measures the gateway beside plain proxies, in one run and under the same loads.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dmain.class=dev.sluice.bench.Bench -Dexec.classpathScope=test -Dexec.args="--shapes fast,real"
 *
 * --targets direct,plain,gather,nginx,sluice   what to measure; nginx only if it is on the PATH
 * --shapes  fast,burst,real,light,plain,hold   under which loads
 * --seconds 5     each load; --warmup 3  before each; --repeats 1  of each, the cheapest is told
 * --streams N     instead of each shape's own count (1,000 for real, 5,000 for hold)
 * --loops 1       event loops of the proxies and the gateway
 * --pin           targets on core 1, all else on core 0
 * --jvm "FLAGS"   of the proxies and the gateway
 * --sluice "COMMAND"   instead of dev.sluice.Main on this class path; --config FILE  instead of one for this purpose
 * --api page|openai    which of the gateway's APIs to load
 * </pre>
 *
 * Leaves with 1 if a stream of any target was cut, refused or damaged, or survived its reader; with
 * 2 if it takes too long. Needs Linux.
 */
public final class Bench {
  private static final List<String> NAMES =
      List.of(
          "targets", "shapes", "seconds", "warmup", "repeats", "streams", "loops", "pin", "jvm",
          "sluice", "config", "api");

  private static final int HOLD_SECONDS = 8;

  private final Options options;
  private final Launcher launcher;
  private final List<Target> targets = new ArrayList<>();
  private long faults;

  private Bench(Options options) throws IOException, InterruptedException {
    this.options = options;
    this.launcher = new Launcher(options);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    var options = new Options(NAMES, args);
    var shapes = list(options.text("shapes", "fast,burst,real,light,plain,hold"));
    limitTime(shapes.size(), options);
    if (options.isSet("pin")) {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("taskset", "-acp", "0", self).start().waitFor();
    }
    var bench = new Bench(options);
    bench.startTargets();
    for (String shape : shapes) {
      System.out.print(bench.measure(Shape.valueOf(shape.toUpperCase(Locale.ROOT))));
    }
    System.exit(bench.faults == 0 ? 0 : 1);
  }

  private static List<String> list(String commas) {
    return Arrays.asList(commas.split(",", -1));
  }

  private static void limitTime(int shapes, Options options) {
    int seconds = options.number("seconds", 5) + options.number("warmup", 3) + 10;
    int most = 120 + 2 * shapes * 5 * options.number("repeats", 1) * seconds;
    var limit =
        new Thread(
            () -> {
              sleep(Duration.ofSeconds(most));
              System.err.println("not done after " + most + " s");
              System.exit(2);
            });
    limit.setDaemon(true);
    limit.start();
  }

  private void startTargets() throws IOException, InterruptedException {
    for (String name : list(options.text("targets", "direct,plain,gather,nginx,sluice"))) {
      if (name.equals("nginx") && !NginxConfig.isInstalled()) {
        System.out.println("nginx is not on the PATH, so there is no such yardstick");
      } else {
        targets.add(launcher.start(name));
      }
    }
    System.out.print(ResultTable.starts(targets));
  }

  private String measure(Shape shape) throws IOException, InterruptedException {
    var cheapest = new ArrayList<Measurement>();
    for (var target : targets) {
      var all = new ArrayList<Measurement>();
      for (int i = 0; i < options.number("repeats", 1); i++) {
        all.add(measure(shape, target));
      }
      cheapest.add(
          all.stream().min(Comparator.comparingDouble(Measurement::microsEach)).orElseThrow());
    }
    return ResultTable.of(shape, cheapest);
  }

  private Measurement measure(Shape shape, Target target) throws IOException, InterruptedException {
    var result = shape == Shape.HOLD ? hold(target) : load(shape, target);
    faults += result.report().faults() + result.leftOpen();
    return result;
  }

  private Measurement load(Shape shape, Target target) throws IOException {
    int warmup = options.number("warmup", 3);
    if (warmup > 0) {
      useMock(shape.mock(warmup));
      StreamLoad.run(shape.load(target, warmup, streams(shape)));
    }
    int seconds = options.number("seconds", 5);
    useMock(shape.mock(seconds));
    return Measurement.of(target, shape.load(target, seconds, streams(shape)));
  }

  /** Memory is told by a process that has done nothing else before. */
  private Measurement hold(Target target) throws IOException, InterruptedException {
    int seconds = Math.max(HOLD_SECONDS, options.number("seconds", 5));
    var fresh = target.process() == null ? target : launcher.start(target.name());
    useMock(Shape.HOLD.mock(seconds));
    var load = Shape.HOLD.load(fresh, seconds, streams(Shape.HOLD));
    var result = Measurement.ofHeld(fresh, load, launcher.mockPort());
    fresh.stop();
    return result;
  }

  private int streams(Shape shape) {
    return options.number("streams", shape.streams);
  }

  private void useMock(MockSettings settings) {
    MockControl.use(launcher.mockPort(), settings);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
