package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a load test: so many streams at a time.
 *
 * @param samples what was seen each half second
 * @param cpuMicros what the gateway used; 0 if its process is not known
 * @param beforeKb its memory before
 * @param mostKb its memory when it was most
 */
record LoadStage(
    int streams,
    LoadReport report,
    List<Sample> samples,
    long cpuMicros,
    long beforeKb,
    long mostKb) {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /**
   * What was seen at one moment.
   *
   * @param seconds since the stage began
   * @param tokens until then
   */
  record Sample(double seconds, long tokens, long cpuMicros, long rssKb) {}

  static LoadStage run(LoadOptions options, @Nullable ProcessHandle gateway)
      throws IOException, InterruptedException {
    ProcessCost before = cost(gateway);
    StreamLoad load = StreamLoad.of(options);
    long started = System.nanoTime();
    CompletableFuture<LoadReport> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return load.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    List<Sample> samples = new ArrayList<>();
    while (!running.isDone()) {
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      ProcessCost now = cost(gateway);
      double seconds = (System.nanoTime() - started) / 1e9;
      samples.add(
          new Sample(
              seconds,
              load.report().seen.sum(),
              now.cpuMicros() - before.cpuMicros(),
              now.rssKb()));
    }
    long most = samples.stream().mapToLong(Sample::rssKb).max().orElse(before.rssKb());
    long cpu = cost(gateway).cpuMicros() - before.cpuMicros();
    return new LoadStage(options.connections(), running.join(), samples, cpu, before.rssKb(), most);
  }

  private static ProcessCost cost(@Nullable ProcessHandle gateway) throws IOException {
    return gateway == null ? ProcessCost.NONE : ProcessCost.of(gateway);
  }

  /** Microseconds of the gateway's time for each token. */
  double microsPerToken() {
    return report.tokens == 0 ? 0 : (double) cpuMicros / report.tokens;
  }

  double cores() {
    return cpuMicros / 1e6 / report.seconds();
  }

  /** What its memory grew by, for each stream. */
  double kbPerStream() {
    return (double) (mostKb - beforeKb) / streams;
  }
}
