package dev.sluice.page;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Reply;
import io.vertx.core.json.JsonArray;
import java.util.function.Consumer;

/** A gateway in front of one upstream with the model {@code m}. */
final class Upstreams {
  private Upstreams() {}

  static String settings(FakeUpstream upstream) {
    return """
        providers:
          fake:
            kind: openai-compatible
            base_url: %s/v1
            api_key: a-key
            models: [m, n]
            prices: {m: {input: 1000, output: 2000}}
            contexts: {m: 1000, n: 16}
        """
        .formatted(upstream.url());
  }

  /** An answer of these texts, one after the other. */
  static Consumer<Reply> saying(String... texts) {
    return reply -> {
      reply.sse().event(OpenAiScripts.role());
      for (String text : texts) {
        reply.event(OpenAiScripts.content(escaped(text)));
      }
      reply
          .event(OpenAiScripts.finish("stop"))
          .event(OpenAiScripts.usage(texts.length))
          .event(OpenAiScripts.DONE)
          .end();
    };
  }

  private static String escaped(String text) {
    String json = new JsonArray().add(text).encode();
    return json.substring(2, json.length() - 2);
  }
}
