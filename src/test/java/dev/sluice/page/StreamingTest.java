package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamingTest {
  @RegisterExtension static final Served SERVED = new Served();

  @Test
  void anAnswerGrowsAndEndsWithItsSmallPrint() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("hello");
      assertThat(visit.end()).isEqualTo("done");
      assertThat(visit.find(".bubble")).hasText("hello");
      assertThat(visit.find(".meta")).containsText("tokens");
      assertThat(visit.find("#message")).isFocused();
      assertThat(visit.find("#message")).hasValue("");
    }
  }

  @Test
  void stopKeepsTheTextAndReallyStopsTheModel() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(OpenAiScripts.endless(Duration.ofMillis(20)));
      visit.ask("hello");
      int connection = upstream.takeRequest().connection();
      assertThat(visit.answer()).containsText("t25");
      visit.find("#send[data-does=stop]").click();
      assertThat(visit.end()).isEqualTo("stopped");
      upstream.awaitClosed(connection, Duration.ofSeconds(10));
      assertThat(visit.answer().locator(".note")).hasText("Stopped");
      assertThat(visit.answer()).containsText("t3");
      assertThat(visit.answer().locator("[data-act=goOn]")).isVisible();
    }
  }

  @Test
  void escapeStopsToo() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.choose("demo-slow");
      visit.ask("hello");
      assertThat(visit.answer()).hasAttribute("data-state", "streaming");
      visit.page().keyboard().press("Escape");
      assertThat(visit.end()).isEqualTo("stopped");
    }
  }

  @Test
  void shiftEnterBreaksTheLineAndEnterSends() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.find("#message").pressSequentially("one");
      visit.find("#message").press("Shift+Enter");
      visit.find("#message").pressSequentially("two");
      assertThat(visit.find("#message")).hasValue("one\ntwo");
      visit.find("#message").press("Enter");
      assertThat(visit.find(".bubble")).hasText("one\ntwo");
      visit.end();
    }
  }

  @Test
  void nothingIsSentTwiceAndNothingWhileAnAnswerComes() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.choose("demo-slow");
      visit.ask("first");
      visit.find("#message").fill("second");
      visit.find("#message").press("Enter");
      assertThat(visit.find("#message")).hasValue("second");
      assertThat(visit.find(".bubble")).hasCount(1);
    }
  }
}
