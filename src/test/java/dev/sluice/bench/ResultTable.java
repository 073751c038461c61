package dev.sluice.bench;

import java.util.List;
import java.util.Locale;

/** Prints measurements, one target a line, beside the yardsticks of the same run. */
final class ResultTable {
  private ResultTable() {}

  static String of(Shape shape, List<Measurement> measurements) {
    var table =
        new StringBuilder(
            "\n" + shape.name().toLowerCase(Locale.ROOT) + ": " + shape.description + "\n");
    table.append(shape == Shape.HOLD ? HELD_HEAD : shape == Shape.PLAIN ? PLAIN_HEAD : STREAM_HEAD);
    for (var measurement : measurements) {
      table.append(
          switch (shape) {
            case HOLD -> held(measurement);
            case PLAIN -> plain(measurement, measurements);
            default -> streamed(measurement, measurements);
          });
    }
    return table.toString();
  }

  static String starts(List<Target> targets) {
    var table = new StringBuilder(line("%-8s %12s %12s%n", "target", "start ms", "RSS rest MB"));
    for (var target : targets) {
      table.append(
          line(
              "%-8s %12d %12.1f%n", target.name(), target.startMillis(), target.restKb() / 1024.0));
    }
    return table.toString();
  }

  private static final String STREAM_HEAD =
      line(
          "%-8s %9s %8s %8s %9s | %9s %8s %8s %8s | %7s %5s %7s %6s | %5s %5s %5s %7s%n",
          "target",
          "µs/token",
          "x plain",
          "x nginx",
          "tokens/s",
          "TTFT p50",
          "p99 ms",
          "gap p50",
          "p99 ms",
          "whole",
          "cut",
          "refused",
          "failed",
          "lost",
          "twice",
          "late",
          "garbled");

  private static final String PLAIN_HEAD =
      line(
          "%-8s %9s %8s %8s %9s | %9s %8s | %7s %5s %7s %6s%n",
          "target",
          "µs/answer",
          "x plain",
          "x nginx",
          "answers/s",
          "p50 ms",
          "p99 ms",
          "whole",
          "cut",
          "refused",
          "failed");

  private static final String HELD_HEAD =
      line(
          "%-8s %10s %12s %12s | %9s %5s %7s %6s | %5s %5s | %15s%n",
          "target",
          "KB/stream",
          "RSS before",
          "RSS open MB",
          "open",
          "cut",
          "refused",
          "failed",
          "twice",
          "late",
          "left upstream");

  private static String streamed(Measurement m, List<Measurement> all) {
    var r = m.report();
    return line(
        "%-8s %9.2f %8.2f %8.2f %9.0f | %9.2f %8.2f %8.2f %8.2f | %7d %5d %7d %6d | %5d %5d %5d %7d%n",
        m.target().name(),
        m.microsEach(),
        ratio(m, "plain", all),
        ratio(m, "nginx", all),
        r.tokens / r.seconds(),
        r.firstToken.quantile(0.5) / 1e3,
        r.firstToken.quantile(0.99) / 1e3,
        r.gap.quantile(0.5) / 1e3,
        r.gap.quantile(0.99) / 1e3,
        r.whole,
        r.cut,
        r.refused,
        r.failed,
        r.lost,
        r.duplicated,
        r.reordered,
        r.garbled);
  }

  private static String plain(Measurement m, List<Measurement> all) {
    var r = m.report();
    return line(
        "%-8s %9.2f %8.2f %8.2f %9.0f | %9.2f %8.2f | %7d %5d %7d %6d%n",
        m.target().name(),
        m.microsEach(),
        ratio(m, "plain", all),
        ratio(m, "nginx", all),
        r.whole / r.seconds(),
        r.answer.quantile(0.5) / 1e3,
        r.answer.quantile(0.99) / 1e3,
        r.whole,
        r.cut,
        r.refused,
        r.failed);
  }

  private static String held(Measurement m) {
    var r = m.report();
    return line(
        "%-8s %10.1f %12.1f %12.1f | %9d %5d %7d %6d | %5d %5d | %15d%n",
        m.target().name(),
        m.kbPerStream(),
        m.beforeKb() / 1024.0,
        m.openKb() / 1024.0,
        r.abandoned,
        r.cut,
        r.refused,
        r.failed,
        r.duplicated,
        r.reordered,
        m.leftOpen());
  }

  /** NaN where the yardstick was not run. */
  private static double ratio(Measurement m, String yardstick, List<Measurement> all) {
    return all.stream()
        .filter(other -> other.target().name().equals(yardstick))
        .mapToDouble(other -> m.microsEach() / other.microsEach())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace("NaN", "  -");
  }
}
