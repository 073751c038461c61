package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TabsTest {
  @RegisterExtension static final Served SERVED = new Served();

  @Test
  void tabsOfOneConversationFollowOneAnotherAndOnlyOneAnswers() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("hello");
      visit.end();
      Page tab = visit.newTab();
      tab.locator("#history [data-deed=open]").click();
      assertThat(tab.locator(".bubble")).hasText("hello");
      visit.choose("demo-slow");
      visit.ask("slowly now");
      assertThat(tab.locator(".bubble").last()).hasText("slowly now");
      assertThat(tab.locator(".answer").last().locator(".body")).containsText("I am");
      tab.locator("#message").fill("me too");
      tab.locator("#message").press("Enter");
      assertThat(tab.locator("#notice")).containsText("in another tab");
      visit.page().keyboard().press("Escape");
      assertThat(visit.end()).isEqualTo("stopped");
      assertThat(tab.locator(".answer").last()).hasAttribute("data-state", "stopped");
    }
  }
}
