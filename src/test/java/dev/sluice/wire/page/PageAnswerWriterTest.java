package dev.sluice.wire.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.FinishReason;
import dev.sluice.chat.Price;
import dev.sluice.chat.Usage;
import dev.sluice.upstream.SseEvent;
import dev.sluice.upstream.SseReader;
import dev.sluice.wire.JsonOutput;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class PageAnswerWriterTest {
  private final PageAnswerWriter writer =
      new PageAnswerWriter("s", "asked", Price.FREE, () -> new Usage(1, 2, 0, 0, 0, true));

  private List<SseEvent> write(ChatEvent... events) {
    var out = new JsonOutput();
    writer.write(List.of(events), out);
    return SseReader.parse(out.toBytes());
  }

  private static JsonObject json(SseEvent event) {
    return new JsonObject(event.data());
  }

  private static ChatEvent text(String text) {
    return new ChatEvent.TextDelta(text);
  }

  @Property(tries = 200)
  void whateverTheTextsTheyJoinToWhatWasSaid(
      @ForAll @Size(max = 6) List<@Size(max = 6) List<@StringLength(max = 20) String>> reads) {
    var all = new JsonOutput();
    var stream = new PageAnswerWriter("s", "m", Price.FREE, () -> Usage.of(0, 0));
    for (var read : reads) {
      stream.write(read.stream().map(PageAnswerWriterTest::text).toList(), all);
    }
    var events = SseReader.parse(all.toBytes());
    String said = reads.stream().flatMap(List::stream).collect(Collectors.joining());
    assertThat(
            events.stream()
                .map(event -> json(event).getString("content"))
                .collect(Collectors.joining()))
        .isEqualTo(said);
    for (int n = 0; n < events.size(); n++) {
      assertThat(events.get(n).id()).isEqualTo("s-" + n);
      assertThat(events.get(n).name()).isEqualTo("message");
    }
  }

  @Example
  void textsThatComeTogetherLeaveTogether() {
    var events = write(text("a"), text(""), text("b"), new ChatEvent.RefusalDelta("c"));
    assertThat(events).hasSize(1);
    assertThat(json(events.get(0)))
        .isEqualTo(
            new JsonObject().put("type", "chunk").put("content", "abc").put("model", "asked"));
  }

  @Example
  void thoughtsAreNoContent() {
    var events = write(text("a"), new ChatEvent.ReasoningDelta("hm", ""), text("b"));
    assertThat(events).hasSize(3);
    assertThat(json(events.get(1)).getString("content")).isEmpty();
    assertThat(json(events.get(1)).getString("reasoning")).isEqualTo("hm");
    assertThat(json(events.get(2)).getString("content")).isEqualTo("b");
  }

  @Example
  void theModelThatServesIsNamed() {
    assertThat(json(write(new ChatEvent.Served("\"served\""), text("a")).get(0)).getString("model"))
        .isEqualTo("\"served\"");
  }

  @Example
  void whatIsNotForThePageIsNotWritten() {
    assertThat(write()).isEmpty();
    assertThat(write(text(""), new ChatEvent.UsageReport(Usage.of(1, 1)))).isEmpty();
  }

  @Example
  void theEndTellsUsageAndWhy() {
    var events =
        write(
            text("a"),
            new ChatEvent.Finished(FinishReason.LENGTH),
            new ChatEvent.UsageReport(Usage.of(3, 4)),
            new ChatEvent.Done());
    assertThat(events).hasSize(2);
    var done = json(events.get(1));
    assertThat(done.getString("type")).isEqualTo("done");
    assertThat(done.getString("model")).isEqualTo("asked");
    assertThat(done.getString("finish_reason")).isEqualTo("length");
    assertThat(done.getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(3);
    assertThat(done.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(4);
    assertThat(done.getJsonObject("usage").containsKey("estimated")).isFalse();
  }

  @Example
  void usageThatNobodyToldIsEstimated() {
    var usage = json(write(new ChatEvent.Done()).get(0)).getJsonObject("usage");
    assertThat(usage.getInteger("total_tokens")).isEqualTo(3);
    assertThat(usage.getBoolean("estimated")).isTrue();
  }

  @Example
  void aFailureIsTheLastEvent() {
    var failure = Failure.of(Fault.UPSTREAM_RATE_LIMITED, "Too \"much\".").retryAfter(7L);
    var events = write(text("a"), new ChatEvent.Failed(failure));
    assertThat(json(events.get(1)))
        .isEqualTo(
            new JsonObject()
                .put("type", "error")
                .put("error", "Too \"much\".")
                .put("code", "upstream_rate_limited")
                .put("retry_after", 7)
                .put("request_id", "s"));
  }

  @Example
  void aHeartbeatIsNoEvent() {
    var out = new JsonOutput();
    PageAnswerWriter.heartbeat(out);
    assertThat(out.toBytes()).asString().startsWith(":").endsWith("\n\n");
    assertThat(SseReader.parse(out.toBytes())).isEmpty();
  }
}
