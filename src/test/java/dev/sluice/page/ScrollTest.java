package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The page follows a growing answer until its reader looks elsewhere. */
class ScrollTest {

  private static int number(Visit visit, String expression) {
    Object value =
        visit
            .page()
            .evaluate("() => Math.round(document.querySelector('#scroller')." + expression + ")");
    return ((Number) value).intValue();
  }

  private static boolean isAtTheEnd(Visit visit) {
    return number(visit, "scrollHeight")
            - number(visit, "clientHeight")
            - number(visit, "scrollTop")
        <= 48;
  }

  @Test
  void itFollowsThenLetsGoAndComesBackWhenItIsAsked() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(
          reply ->
              reply
                  .sse()
                  .event(OpenAiScripts.role())
                  .endlessly(
                      Duration.ofMillis(5),
                      n -> "data: " + OpenAiScripts.content("line " + n + "\\n\\n") + "\n\n"));
      visit.ask("talk");
      Waiting.until(
          "there is more than fits",
          Duration.ofSeconds(20),
          () -> number(visit, "scrollHeight") > 2 * number(visit, "clientHeight"));
      Waiting.until("it follows", Duration.ofSeconds(10), () -> isAtTheEnd(visit));
      visit.find("#scroller").hover();
      visit.page().mouse().wheel(0, -400);
      assertThat(visit.find("#pill")).isVisible();
      int held = number(visit, "scrollTop");
      int height = number(visit, "scrollHeight");
      Waiting.until(
          "there is still more",
          Duration.ofSeconds(20),
          () -> number(visit, "scrollHeight") > height + 1_000);
      assertThat(Math.abs(number(visit, "scrollTop") - held)).isLessThan(450);
      assertThat(isAtTheEnd(visit)).isFalse();
      visit.find("#pill").click();
      Waiting.until("it follows again", Duration.ofSeconds(10), () -> isAtTheEnd(visit));
      assertThat(visit.find("#message")).isFocused();
    }
  }

  @Test
  void aQuestionStandsAtTheTopAndItsAnswerGrowsBeneathIt() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(Upstreams.saying("short"));
      for (String question : new String[] {"one", "two", "three"}) {
        visit.ask(question);
        visit.end();
      }
      double top = visit.find(".bubble").last().boundingBox().y;
      double bar = visit.find(".bar").boundingBox().height;
      assertThat(top - bar).isBetween(0.0, 40.0);
    }
  }
}
