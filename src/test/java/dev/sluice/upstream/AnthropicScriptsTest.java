package dev.sluice.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AnthropicScriptsTest {
  @Test
  void everyEventIsNamedAfterItsType() throws IOException {
    try (var upstream = FakeUpstream.start().answer(AnthropicScripts.stream(2));
        var client = RawClient.connect(upstream.port()).post("/v1/messages", "{}")) {
      client.readHead();
      var events = client.events().rest();
      assertThat(events)
          .allMatch(event -> event.data().startsWith("{\"type\":\"" + event.name() + "\""));
      assertThat(events)
          .extracting(SseEvent::name)
          .containsExactly(
              "message_start",
              "content_block_start",
              "ping",
              "content_block_delta",
              "content_block_delta",
              "content_block_stop",
              "message_delta",
              "message_stop");
    }
  }
}
