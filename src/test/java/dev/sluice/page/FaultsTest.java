package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.FreePort;
import dev.sluice.upstream.OpenAiScripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  @RegisterExtension static final Served SERVED = new Served();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo-cut | Demo cut broke off. | retry",
        "demo-refuse | did not answer. | model",
        "demo-rate-limit | has too much to do right now. Trying again in 0: | model",
        "demo-garbage | | retry",
      })
  void aFailureIsASentenceWithWhatCanBeDone(String model, String sentence, String action) {
    try (Visit visit = Visit.to(SERVED.port()).allow("Failed to load resource")) {
      visit.choose(model);
      visit.ask("hello");
      assertThat(visit.end()).isEqualTo("failed");
      assertThat(visit.answer().locator(".note")).not().hasText("");
      assertThat(visit.find("#alert")).not().hasText("");
      assertThat(visit.answer().locator(".more")).isVisible();
      if (sentence != null) {
        assertThat(visit.answer().locator(".note")).containsText(sentence.strip());
      }
      assertThat(visit.answer().locator(".actions [data-act=" + action + "]")).isVisible();
    }
  }

  @Test
  void aUsedUpLimitCountsDownAndThenOffersToTryAgain() throws Exception {
    try (var gateway =
            TestGateway.start(Served.QUICK + "limits: {per_minute: 1, per_hour: 9, per_day: 9}");
        Visit visit = Visit.to(gateway.port()).allow("Failed to load resource")) {
      visit.ask("one");
      assertThat(visit.end()).isEqualTo("done");
      visit.ask("two");
      assertThat(visit.end()).isEqualTo("failed");
      assertThat(visit.answer().locator(".note"))
          .containsText("The limit is used up. Trying again in");
      assertThat(visit.answer().locator(".actions [data-act=retry]")).isHidden();
      assertThat(visit.find("#send")).hasAttribute("data-does", "wait");
      visit.page().keyboard().press("Escape");
      assertThat(visit.answer().locator(".note"))
          .containsText("The limit is used up. You can try again in");
      assertThat(visit.find("#send")).hasAttribute("data-does", "send");
    }
  }

  @Test
  void aLimitThatGivesWaySoonIsWaitedForAndThenAskedAgain() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port()).allow("Failed to load resource")) {
      upstream.takeRequest();
      upstream.answer(OpenAiScripts.error(429, "rate_limit_error", "slow down", "retry-after: 3"));
      visit.ask("patience");
      assertThat(visit.end()).isEqualTo("failed");
      assertThat(visit.find("#send")).hasAttribute("data-does", "wait");
      upstream.answer(Upstreams.saying("at last"));
      assertThat(visit.find(".answer .body").last()).hasText("at last");
    }
  }

  @Test
  void aGatewayThatIsGoneIsToldAndTheQuestionIsNotLost() throws Exception {
    TestGateway gateway = TestGateway.start(Served.QUICK);
    try (Visit visit =
        Visit.to(gateway.port())
            .allow("Failed to load resource")
            .allow("occurred when fetching the script")) {
      assertThat(visit.find("#status [role=status]")).hasText("Connected");
      gateway.close();
      visit.ask("is anybody there?");
      assertThat(visit.end()).isEqualTo("failed");
      assertThat(visit.answer().locator(".note")).hasText("Cannot reach the gateway.");
      assertThat(visit.find(".bubble")).hasText("is anybody there?");
      assertThat(visit.find("#status [role=status]")).hasText("Cannot reach the gateway.");
    }
  }

  @Test
  void aQuestionThatMetNoGatewayIsSentOnAWordWhenItIsBack() throws Exception {
    int port = FreePort.find();
    TestGateway first = TestGateway.start(Served.QUICK + "http: {port: " + port + "}\n");
    try (Visit visit =
        Visit.to(port).allow("Failed to load resource").allow("fetching the script")) {
      assertThat(visit.find("#status [role=status]")).hasText("Connected");
      first.close();
      visit.ask("will you come back?");
      assertThat(visit.end()).isEqualTo("failed");
      try (TestGateway again = TestGateway.start(Served.QUICK + "http: {port: " + port + "}\n")) {
        assertThat(visit.find("#notice")).containsText("Your question is still waiting.");
        visit.find("#notice button").click();
        assertThat(visit.find(".answer .versions span")).hasText("2/2");
        assertThat(visit.end()).isEqualTo("done");
        assertThat(again.port()).isEqualTo(port);
      }
    }
  }

  @Test
  void aConversationThatIsTooLongIsAskedAgainWithoutItsOldestMessages() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port()).allow("Failed to load resource")) {
      upstream.takeRequest();
      upstream.answer(Upstreams.saying("yes"));
      for (int i = 0; i < 4; i++) {
        visit.ask("question " + i);
        visit.end();
        upstream.takeRequest();
      }
      upstream.answer(
          OpenAiScripts.error(400, "invalid_request_error", "maximum context length is 10 tokens"));
      visit.ask("one too many");
      assertThat(visit.end()).isEqualTo("failed");
      assertThat(upstream.takeRequest().bodyText()).contains("question 0");
      upstream.answer(Upstreams.saying("now"));
      visit.answer().locator("[data-act=shorten]").click();
      assertThat(visit.find(".answer .versions span").last()).hasText("2/2");
      assertThat(visit.end()).isEqualTo("done");
      assertThat(upstream.takeRequest().bodyText())
          .contains("question 3", "one too many")
          .doesNotContain("question 0");
    }
  }

  @Test
  void aMessageThatIsTooLongIsNotSentAndSaysByHowMuch() {
    try (Visit visit = Visit.to(SERVED.port(), new NewContextOptions())) {
      visit.find("#message").fill("x".repeat(5_001));
      assertThat(visit.find("#counter")).hasText("Too long by 1");
      visit.find("#message").press("Enter");
      assertThat(visit.find("#alert")).hasText("The message is too long by 1 character.");
      assertThat(visit.find(".bubble")).hasCount(0);
    }
  }
}
