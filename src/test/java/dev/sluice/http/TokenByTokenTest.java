package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.SseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TokenByTokenTest {
  private static final int TOKENS = 20;

  @Test
  void eachTokenComesInAnEventOfItsOwnAndAtItsOwnTime() throws Exception {
    try (var gateway = TestGateway.start("");
        var client = RawClient.connect(gateway.port())) {
      client.post(Asking.STREAM, Asking.count(TOKENS, 20)).readHead();
      var reader = client.events();
      var tokens = new ArrayList<SseEvent>();
      var gaps = new ArrayList<Long>();
      long last = System.nanoTime();
      for (var event = reader.next(); event != null; event = reader.next()) {
        if (Asking.json(event).getString("type").equals("chunk")) {
          tokens.add(event);
          gaps.add((System.nanoTime() - last) / 1_000_000);
          last = System.nanoTime();
        }
      }
      assertThat(tokens).hasSize(TOKENS);
      assertThat(Asking.text(tokens)).isEqualTo(Asking.numbers(TOKENS));
      assertThat(gaps.stream().filter(gap -> gap >= 15))
          .as("tokens that did not come along with the one before: %s", gaps)
          .hasSizeGreaterThan(TOKENS * 3 / 4);
    }
  }

  @Test
  void whatTheUpstreamHasSaidIsThereBeforeItSaysMore() throws Exception {
    var heard = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
    try (var relay = OneUpstream.start("");
        var client = relay.connect()) {
      relay
          .upstream()
          .answer(
              reply -> {
                reply.sse().event(OpenAiScripts.role());
                for (int n = 0; n < heard.size(); n++) {
                  reply.event(OpenAiScripts.token(n)).await(heard.get(n));
                }
                reply.event(OpenAiScripts.finish("stop")).event(OpenAiScripts.DONE).end();
              });
      client.post(Asking.STREAM, Asking.question("m"));
      assertThat(client.readHead().status()).isEqualTo(200);
      var reader = client.events();
      for (int n = 0; n < heard.size(); n++) {
        assertThat(Asking.json(reader.next()).getString("content")).isEqualTo("t" + n + " ");
        heard.get(n).countDown();
      }
      assertThat(Asking.json(reader.next()).getString("type")).isEqualTo("done");
      assertThat(reader.next()).isNull();
      assertThat(reader.wasCut()).isFalse();
    }
  }

  @Test
  void aTokenThatIsCutAnywhereArrivesWhole() throws Exception {
    try (var relay = OneUpstream.start("");
        var client = relay.connect()) {
      relay.upstream().answer(reply -> OpenAiScripts.stream(10).accept(reply.splitEverywhere()));
      client.post(Asking.STREAM, Asking.question("m")).readHead();
      var events = client.events().rest();
      assertThat(Asking.text(events)).isEqualTo(OpenAiScripts.text(10));
      assertThat(Asking.end(events)).isEqualTo("done");
    }
  }
}
