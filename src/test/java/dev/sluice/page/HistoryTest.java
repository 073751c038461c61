package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.sluice.upstream.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryTest {
  @RegisterExtension static final Served SERVED = new Served();

  private static Locator items(Visit visit) {
    return visit.find("#history li");
  }

  private static void begin(Visit visit, String question) {
    visit.find("#history [data-deed=newChat]").click();
    assertThat(visit.find(".bubble")).hasCount(0);
    visit.ask(question);
    visit.end();
    assertThat(items(visit).first()).containsText(question);
  }

  @Test
  void aReloadShowsTheSameConversationAndANewVisitAnEmptyOne() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("remember me");
      visit.end();
      assertThat(items(visit)).hasCount(1);
      visit.reload();
      assertThat(visit.find(".bubble")).hasText("remember me");
      assertThat(visit.find(".meta")).containsText("tokens");
      Page tab = visit.newTab();
      assertThat(tab.locator(".bubble")).hasCount(0);
      assertThat(tab.locator("#history li")).hasCount(1);
    }
  }

  @Test
  void conversationsAreFoundByTitleAndByWhatWasSaid() {
    try (Visit visit = Visit.to(SERVED.port())) {
      begin(visit, "about locks");
      begin(visit, "about gates");
      assertThat(items(visit)).hasCount(2);
      visit.find("#history input").fill("LOCKS");
      assertThat(items(visit)).hasCount(1);
      visit.find("#history input").fill("falls silent");
      assertThat(items(visit)).hasCount(2);
      visit.find("#history input").fill("nowhere to be found");
      assertThat(visit.find("#history .empty")).hasText("Nothing found.");
      visit.find("#history input").fill("locks");
      items(visit).locator("[data-deed=open]").click();
      assertThat(visit.find(".bubble")).hasText("about locks");
      assertThat(visit.find("#title")).hasText("about locks");
    }
  }

  @Test
  void whoLeavesAConversationInMidAnswerHasStoppedIt() {
    try (Visit visit = Visit.to(SERVED.port())) {
      begin(visit, "first");
      begin(visit, "second");
      visit.choose("demo-slow");
      visit.ask("and slowly");
      assertThat(visit.answer().locator(".body")).containsText("I am");
      items(visit).last().locator("[data-deed=open]").click();
      assertThat(visit.find("#title")).hasText("first");
      assertThat(visit.find(".bubble")).hasCount(1);
      assertThat(items(visit).first()).containsText("second");
      items(visit).first().locator("[data-deed=open]").click();
      assertThat(visit.find(".answer").last()).hasAttribute("data-state", "stopped");
    }
  }

  @Test
  void aPinnedConversationStandsBeforeTheOthers() {
    try (Visit visit = Visit.to(SERVED.port())) {
      begin(visit, "older");
      visit.find("[popovertarget=menu]").click();
      visit.find("#menu [data-deed=pin]").click();
      assertThat(items(visit).first()).containsText("📌 older");
      visit.find("#history [data-deed=newChat]").click();
      assertThat(visit.find(".bubble")).hasCount(0);
      visit.ask("newer");
      visit.end();
      assertThat(items(visit)).hasCount(2);
      assertThat(items(visit).first()).containsText("📌 older");
    }
  }

  @Test
  void aConversationIsRenamed() {
    try (Visit visit = Visit.to(SERVED.port())) {
      begin(visit, "old name");
      visit.find("#title").click();
      visit.find("dialog input").fill("new name");
      visit.find("dialog input").press("Enter");
      assertThat(items(visit)).containsText(new String[] {"new name"});
      assertThat(visit.find("#title")).hasText("new name");
      visit.reload();
      assertThat(visit.find("#title")).hasText("new name");
    }
  }

  @Test
  void whatIsDeletedCanBeHadBackAndIsThenGoneForGood() {
    try (Visit visit = Visit.to(SERVED.port())) {
      begin(visit, "keep me");
      visit.find("[popovertarget=menu]").click();
      visit.find("#menu [data-deed=remove]").click();
      assertThat(items(visit)).hasCount(0);
      assertThat(visit.find(".bubble")).hasCount(0);
      visit.find("#notice button").click();
      assertThat(items(visit)).hasCount(1);
      assertThat(visit.find(".bubble")).hasText("keep me");
      visit.find("[popovertarget=menu]").click();
      visit.find("#menu [data-deed=remove]").click();
      assertThat(items(visit)).hasCount(0);
      visit.page().reload();
      Visit.complete(visit.page());
      assertThat(items(visit)).hasCount(0);
      visit.page().clock().setFixedTime(System.currentTimeMillis() + 60_000);
      visit.page().reload();
      Visit.complete(visit.page());
      Waiting.until("nothing is kept any more", Duration.ofSeconds(10), () -> kept(visit) == 0);
    }
  }

  private static int kept(Visit visit) {
    return ((Number)
            visit
                .page()
                .evaluate(
                    "() => new Promise((resolve) => {"
                        + " const opening = indexedDB.open('sluice');"
                        + " opening.onsuccess = () => {"
                        + " const request = opening.result.transaction('messages')"
                        + ".objectStore('messages').count();"
                        + " request.onsuccess = () => {"
                        + " opening.result.close(); resolve(request.result); }; }; })"))
        .intValue();
  }

  @Test
  void whatWasWrittenAndNotSentIsKept() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.find("#message").fill("half a thought");
      visit.reload();
      assertThat(visit.find("#message")).hasValue("half a thought");
      visit.find("#message").press("Enter");
      visit.end();
      visit.find("#message").fill("and another");
      begin(visit, "something else");
      visit.find("#history li").last().locator("[data-deed=open]").click();
      assertThat(visit.find("#message")).hasValue("and another");
    }
  }

  @Test
  void anAnswerThatWasInterruptedByAReloadKeepsItsTextAndOffersToGoOn() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.choose("demo-slow");
      visit.ask("slowly");
      assertThat(visit.answer().locator(".body")).containsText("not an AI");
      visit.page().reload();
      assertThat(visit.answer()).hasAttribute("data-state", "interrupted");
      assertThat(visit.answer().locator(".note")).hasText("Interrupted");
      assertThat(visit.answer().locator("[data-act=goOn]")).isVisible();
    }
  }
}
