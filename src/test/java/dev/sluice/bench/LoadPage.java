package dev.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a load test found, as one HTML page with its plots in it. */
final class LoadPage {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 200;
  private static final int MARGIN = 56;
  private static final List<String> COLOURS =
      List.of("#2f5fd0", "#b3261e", "#1e7a3c", "#8a5a00", "#8c2f9e", "#5f5f66");

  private final String title;
  private final List<LoadStage> stages;

  /**
   * @param title what was asked
   */
  LoadPage(String title, List<LoadStage> stages) {
    this.title = title;
    this.stages = stages;
  }

  /** The whole document. */
  String html() {
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>Load test</title>
        <style>
          body { font: 16px/1.6 system-ui; max-width: 90rem; margin: 2rem auto; padding: 0 1rem; }
          table { border-collapse: collapse; font-size: 14px; white-space: nowrap; font-variant-numeric: tabular-nums; }
          th, td { padding: .2rem .6rem; text-align: end; border-bottom: 1px solid #ddd; }
          .fault { color: #b3261e; font-weight: 600; }
          figure { margin: 2rem 0; }
          text { font: 12px system-ui; fill: #5f5f66; }
        </style>
        <h1>Load test</h1>
        <p>TITLE</p>
        TABLE
        PLOTS
        </html>
        """
        .replace("TITLE", title.replace("&", "&amp;").replace("<", "&lt;"))
        .replace("TABLE", table())
        .replace("PLOTS", plots());
  }

  private String table() {
    return stages.stream()
        .map(LoadPage::row)
        .collect(
            Collectors.joining(
                "\n",
                "<table>\n<tr><th>streams<th>answers/s<th>tokens/s<th>first token p50, p99 (ms)"
                    + "<th>gap p50, p99 (ms)<th>CPU per token (µs)<th>cores<th>MiB"
                    + "<th>KiB per stream<th>whole<th>cut<th>refused<th>failed<th>lost"
                    + "<th>reordered<th>duplicated<th>garbled</tr>\n",
                "\n</table>"));
  }

  private static String row(LoadStage stage) {
    LoadReport report = stage.report();
    return number(
            "<tr><td>%d<td>%.1f<td>%.0f",
            stage.streams(), rate(report.whole, stage), rate(report.tokens, stage))
        + number("<td>%.2f, %.2f", millis(report.firstToken, 0.5), millis(report.firstToken, 0.99))
        + number("<td>%.2f, %.2f", millis(report.gap, 0.5), millis(report.gap, 0.99))
        + number("<td>%.1f<td>%.2f", stage.microsPerToken(), stage.cores())
        + number("<td>%.0f<td>%.1f", stage.mostKb() / 1024.0, stage.kbPerStream())
        + number("<td>%d", report.whole)
        + fault(report.cut)
        + fault(report.refused)
        + fault(report.failed)
        + fault(report.lost)
        + fault(report.reordered)
        + fault(report.duplicated)
        + fault(report.garbled)
        + "</tr>";
  }

  private static String fault(long count) {
    return count == 0 ? "<td>0" : "<td class=fault>" + count;
  }

  private static double rate(long count, LoadStage stage) {
    return count / stage.report().seconds();
  }

  private static double millis(Histogram histogram, double share) {
    return histogram.quantile(share) / 1e3;
  }

  private String plots() {
    return plot("Tokens a second", LoadPage::tokensASecond)
        + plot("Cores that the gateway uses", LoadPage::cores)
        + plot("Memory of the gateway (MiB)", sample -> sample.now().rssKb() / 1024.0);
  }

  /** Two looks in a row. */
  private record Step(LoadStage.Sample before, LoadStage.Sample now) {
    double seconds() {
      return Math.max(0.001, now.seconds() - before.seconds());
    }
  }

  private static double tokensASecond(Step step) {
    return (step.now().tokens() - step.before().tokens()) / step.seconds();
  }

  private static double cores(Step step) {
    return (step.now().cpuMicros() - step.before().cpuMicros()) / 1e6 / step.seconds();
  }

  private static List<Step> steps(LoadStage stage) {
    LoadStage.Sample zero = new LoadStage.Sample(0, 0, 0, stage.beforeKb());
    return java.util.stream.IntStream.range(0, stage.samples().size())
        .mapToObj(i -> new Step(i == 0 ? zero : stage.samples().get(i - 1), stage.samples().get(i)))
        .toList();
  }

  private String plot(String name, ToDoubleFunction<Step> value) {
    double most =
        stages.stream().flatMap(stage -> steps(stage).stream()).mapToDouble(value).max().orElse(0);
    double last =
        stages.stream()
            .flatMap(stage -> stage.samples().stream())
            .mapToDouble(LoadStage.Sample::seconds)
            .max()
            .orElse(1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        number(
            "<figure><figcaption>%s</figcaption><svg viewBox='0 0 %d %d' width='%d' role='img' aria-label='%s'>",
            name, WIDTH, HEIGHT, WIDTH, name));
    svg.append(
        number(
            "<path d='M%d 10V%dH%d' fill='none' stroke='#8a867e'/>",
            MARGIN, HEIGHT - 24, WIDTH - 10));
    svg.append(
        number(
            "<text x='4' y='18'>%s</text><text x='4' y='%d'>0</text>", amount(most), HEIGHT - 24));
    svg.append(number("<text x='%d' y='%d'>%.0f s</text>", WIDTH - 40, HEIGHT - 6, last));
    for (int i = 0; i < stages.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      String points =
          steps(stages.get(i)).stream()
              .map(
                  step ->
                      point(
                          step.now().seconds() / last,
                          most == 0 ? 0 : value.applyAsDouble(step) / most))
              .collect(Collectors.joining(" "));
      svg.append(
          number(
              "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", points, colour));
      svg.append(
          number(
              "<text x='%d' y='%d' style='fill:%s'>%d streams</text>",
              MARGIN + 10 + 110 * i, HEIGHT - 6, colour, stages.get(i).streams()));
    }
    return svg.append("</svg></figure>\n").toString();
  }

  private static String point(double x, double y) {
    return number("%.1f,%.1f", MARGIN + x * (WIDTH - MARGIN - 10), HEIGHT - 24 - y * (HEIGHT - 34));
  }

  private static String amount(double value) {
    return number(value < 100 ? "%.2f" : "%.0f", value);
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
