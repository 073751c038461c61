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
  void aStoppedAnswerIsGoneOnWith() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.choose("demo-slow");
      visit.ask("hello");
      assertThat(visit.answer().locator(".body")).containsText("I am");
      visit.page().keyboard().press("Escape");
      assertThat(visit.end()).isEqualTo("stopped");
      visit.choose("demo-fast");
      visit.answer().locator("[data-act=goOn]").click();
      assertThat(visit.find(".answer")).hasCount(2);
      assertThat(visit.end()).isEqualTo("done");
      assertThat(visit.find(".bubble").last()).containsText("continue exactly where you stopped");
    }
  }

  @Test
  void whatAModelThinksIsFoldedAway() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      String thought = OpenAiScripts.content("hm").replace("\"content\"", "\"reasoning_content\"");
      upstream.answer(
          reply ->
              reply
                  .sse()
                  .event(OpenAiScripts.role())
                  .event(thought)
                  .event(OpenAiScripts.content("so"))
                  .event(OpenAiScripts.finish("stop"))
                  .event(OpenAiScripts.DONE)
                  .end());
      visit.ask("think");
      assertThat(visit.end()).isEqualTo("done");
      assertThat(visit.answer().locator(".body")).hasText("so");
      assertThat(visit.answer().locator(".reasoning")).isVisible();
      assertThat(visit.answer().locator(".reasoning > div")).isHidden();
      assertThat(visit.answer().locator(".reasoning summary")).hasText("Thought for 0 s");
      visit.answer().locator(".reasoning summary").click();
      assertThat(visit.answer().locator(".reasoning > div")).hasText("hm");
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
