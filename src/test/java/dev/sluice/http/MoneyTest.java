package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A limit of dollars, a price, and an upstream that says how many tokens it has used. */
class MoneyTest {

  private static double remaining(TestGateway gateway) {
    try {
      return Asking.get(gateway.port(), "/api/rate-limit")
          .json()
          .getJsonObject("remaining")
          .getDouble("dollars_per_day");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nine tokens of the question and five of the answer: 9 x 1000 + 5 x 2000 millionths. */
  @Test
  void anAnswerCostsWhatItsTokensCostAndAFailureNothing() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway =
            TestGateway.start(
                Asking.settings(upstream.url(), "")
                    + "    prices: {m: {input: 1000, output: 2000}}\n"
                    + "chat: {max_tokens: 5}\n"
                    + "limits: {dollars_per_day: 0.04}\n")) {
      upstream.takeRequest();
      upstream.answer(OpenAiScripts.answer(5));
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, Asking.question("m")).status())
          .isEqualTo(200);
      Waiting.until("settled", Duration.ofSeconds(10), () -> remaining(gateway) == 0.021);
      upstream.answer(OpenAiScripts.error(400, "invalid_request_error", "no"));
      assertThat(Asking.post(gateway.port(), Asking.WHOLE, Asking.question("m")).status())
          .isEqualTo(400);
      Waiting.until("given back", Duration.ofSeconds(10), () -> remaining(gateway) == 0.021);
      upstream.answer(OpenAiScripts.answer(5));
      Asking.post(gateway.port(), Asking.WHOLE, Asking.question("m"));
      Waiting.until("settled", Duration.ofSeconds(10), () -> remaining(gateway) == 0.002);
      var refused = Asking.post(gateway.port(), Asking.WHOLE, Asking.question("m"));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.json().getString("message")).contains("The limit of $0.04 per day");
    }
  }
}
