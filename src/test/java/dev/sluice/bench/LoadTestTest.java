package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the load test tells is right: faults that were planted are found, and no others. */
class LoadTestTest {
  private static final int PAUSE_MILLIS = 300;

  @TempDir private Path folder;

  /** The cells of the page's only row, by the words of its head. */
  private record Row(List<String> head, List<String> cells) {
    String at(String name) {
      return cells.get(head.indexOf(name)).replace("<td>", "");
    }
  }

  private boolean run(int port, String... more) throws Exception {
    String[] own = {
      "--url", "http://127.0.0.1:" + port + "/api/chat/stream", "--report", page().toString()
    };
    String[] all = Arrays.copyOf(own, own.length + more.length);
    System.arraycopy(more, 0, all, own.length, more.length);
    return LoadTest.run(all);
  }

  private Path page() {
    return folder.resolve("page.html");
  }

  private Row row() throws Exception {
    String page = Files.readString(page());
    List<String> lines = page.lines().filter(line -> line.startsWith("<tr>")).toList();
    assertThat(lines).hasSize(2);
    return new Row(cells(lines.get(0), "<th>"), cells(lines.get(1), "<td>|<td class=fault>"));
  }

  private static List<String> cells(String line, String mark) {
    String[] parts = line.replace("</tr>", "").split(mark, -1);
    return List.of(parts).subList(1, parts.length);
  }

  @Test
  void plantedFaultsAreFound() throws Exception {
    List<Consumer<Reply>> scripts =
        List.of(
            reply -> OpenAiScripts.end(OpenAiScripts.tokens(reply.sse(), 3, Duration.ZERO)),
            reply -> reply.sse().event(OpenAiScripts.token(0)).cut(),
            reply ->
                OpenAiScripts.end(
                    reply
                        .sse()
                        .event(OpenAiScripts.token(1))
                        .event(OpenAiScripts.token(0))
                        .event(OpenAiScripts.token(2))),
            reply ->
                OpenAiScripts.end(
                    reply.sse().event(OpenAiScripts.token(0)).event(OpenAiScripts.token(2))),
            reply ->
                OpenAiScripts.end(
                    OpenAiScripts.tokens(reply.sse(), 3, Duration.ofMillis(PAUSE_MILLIS))),
            reply -> reply.json(429, "{}"));
    AtomicInteger next = new AtomicInteger();
    try (var upstream = FakeUpstream.start()) {
      upstream.answerEach((request, reply) -> scripts.get(next.getAndIncrement()).accept(reply));
      String each = Integer.toString(scripts.size());
      assertThat(run(upstream.port(), "--streams", each, "--requests", each, "--tokens", "3"))
          .isFalse();
    }
    Row row = row();
    assertThat(row.at("whole")).isEqualTo("4");
    assertThat(row.at("cut")).isEqualTo("1");
    assertThat(row.at("reordered")).isEqualTo("1");
    assertThat(row.at("lost")).as("two of the stream that was cut").isEqualTo("3");
    assertThat(row.at("refused")).isEqualTo("1");
    assertThat(row.at("duplicated")).isEqualTo("0");
    assertThat(row.at("garbled")).isEqualTo("0");
    String slowest = row.at("gap p50, p99 (ms)").split(", ", -1)[1];
    assertThat(Double.parseDouble(slowest)).isGreaterThan(PAUSE_MILLIS * 0.9);
  }

  @Test
  void aGatewayThatIsWellHasNone() throws Exception {
    try (var gateway = TestGateway.start("")) {
      String body =
          "{\"message\":\"hello\",\"model\":\"demo-count?first_token_ms=0&jitter=0&tokens=7\"}";
      assertThat(
              run(
                  gateway.port(),
                  "--streams",
                  "5",
                  "--requests",
                  "50",
                  "--tokens",
                  "7",
                  "--body",
                  body,
                  "--pid",
                  "" + ProcessHandle.current().pid()))
          .isTrue();
    }
    Row row = row();
    assertThat(Integer.parseInt(row.at("whole"))).isPositive();
    assertThat(Double.parseDouble(row.at("MiB"))).isPositive();
    assertThat(Files.readString(page())).contains("<svg", "polyline", "5 streams");
  }
}
