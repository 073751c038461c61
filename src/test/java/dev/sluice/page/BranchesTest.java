package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BranchesTest {
  @RegisterExtension static final Served SERVED = new Served();

  @Test
  void anEditedQuestionStandsBesideTheFirst() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("first question");
      visit.end();
      visit.find("#message").press("ArrowUp");
      assertThat(visit.find("#message")).hasValue("first question");
      visit.ask("second question");
      visit.end();
      assertThat(visit.find(".bubble")).hasText("second question");
      var versions = visit.find(".question .versions");
      assertThat(versions.locator("span")).hasText("2/2");
      visit.find(".question").hover();
      versions.locator("button").first().click();
      assertThat(visit.find(".bubble")).hasText("first question");
      visit.reload();
      assertThat(visit.find(".bubble")).hasText("first question");
      assertThat(versions.locator("span")).hasText("1/2");
    }
  }

  @Test
  void anotherAnswerStandsBesideTheFirst() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("again and again");
      visit.end();
      visit.find(".answer").hover();
      visit.find(".answer [data-act=again]").click();
      assertThat(visit.find(".answer .versions span")).hasText("2/2");
      visit.end();
      assertThat(visit.find(".answer")).hasCount(1);
    }
  }

  @Test
  void aQuestionIsTakenOutWithItsAnswerAndWhatFollowedStays() {
    try (Visit visit = Visit.to(SERVED.port())) {
      for (String question : new String[] {"first", "second", "third"}) {
        visit.ask(question);
        visit.end();
      }
      visit.remove(visit.find(".question").nth(1));
      assertThat(visit.find(".bubble")).hasText(new String[] {"first", "third"});
      assertThat(visit.find("article").nth(2)).isFocused();
      visit.reload();
      assertThat(visit.find(".bubble")).hasText(new String[] {"first", "third"});
      visit.ask("fourth");
      visit.end();
      visit.reload();
      assertThat(visit.find(".bubble")).hasText(new String[] {"first", "third", "fourth"});
    }
  }

  @Test
  void whatWasTakenOutIsHadBackWhereItStood() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("first");
      visit.end();
      visit.ask("second");
      visit.end();
      visit.remove(visit.find(".question").first());
      assertThat(visit.find(".bubble")).hasText("second");
      visit.find("#notice button").click();
      assertThat(visit.find(".bubble")).hasText(new String[] {"first", "second"});
      assertThat(visit.find(".answer")).hasCount(2);
      visit.remove(visit.find(".question").last());
      visit.remove(visit.find(".question").last());
      assertThat(visit.find("#hint")).isVisible();
      visit.ask("anew");
      visit.end();
      visit.reload();
      assertThat(visit.find(".bubble")).hasText("anew");
    }
  }

  @Test
  void oneOfSeveralAnswersIsTakenOutAlone() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("again and again");
      visit.end();
      assertThat(visit.find(".answer [data-act=remove]")).isHidden();
      visit.find(".answer").hover();
      visit.find(".answer [data-act=again]").click();
      assertThat(visit.find(".answer .versions span")).hasText("2/2");
      visit.end();
      visit.remove(visit.find(".answer"));
      assertThat(visit.find(".answer .versions")).isHidden();
      assertThat(visit.find(".answer")).hasAttribute("data-state", "done");
      assertThat(visit.find(".answer [data-act=remove]")).isHidden();
    }
  }

  @Test
  void escapeGivesUpAnEdit() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("untouched");
      visit.end();
      visit.find("#message").press("ArrowUp");
      visit.page().keyboard().press("Escape");
      assertThat(visit.find("#message")).hasValue("");
      assertThat(visit.find("#notice")).isHidden();
      assertThat(visit.find(".bubble")).hasText("untouched");
    }
  }
}
