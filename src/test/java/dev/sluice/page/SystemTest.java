package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the page asks of the system around it. What a headless browser has not is put in its place
 * by a few lines that only write down what they are told.
 */
class SystemTest {
  @RegisterExtension static final Served SERVED = new Served();

  private static Visit with(String script) {
    return Visit.to(SERVED.port(), new NewContextOptions(), script);
  }

  private static void menu(Visit visit, String deed) {
    visit.find("[popovertarget=menu]").click();
    visit.find("#menu [data-deed=" + deed + "]").click();
  }

  @Test
  void aConversationIsSharedAsAFile() {
    try (Visit visit =
        with(
            "navigator.canShare = () => true;"
                + " navigator.share = async ({files, title}) =>"
                + " (window.shared = title + '|' + files[0].name + '|' + await files[0].text());")) {
      visit.ask("share me");
      visit.end();
      menu(visit, "share");
      visit.page().waitForCondition(() -> visit.page().evaluate("() => window.shared") != null);
      assertThat((String) visit.page().evaluate("() => window.shared"))
          .startsWith("share me|conversation.md|# share me\n\n## You\n\nshare me\n");
    }
  }

  @Test
  void anAnswerIsReadAloudWithoutItsMarks() {
    try (Visit visit =
        with(
            "Object.defineProperty(window, 'speechSynthesis', {value: {speaking: false,"
                + " speak: (said) => (window.said = said.text), cancel: () => {}}});")) {
      visit.ask("speak");
      visit.end();
      visit.find(".answer").hover();
      visit.find("[data-act=speak]").click();
      visit.page().waitForCondition(() -> visit.page().evaluate("() => window.said") != null);
      assertThat((String) visit.page().evaluate("() => window.said"))
          .contains("demo")
          .doesNotContain("```", "**", "|");
    }
  }

  @Test
  void theBrowserIsAskedOnceToKeepWhatIsHereAndALittleRoomIsTold() {
    try (Visit visit =
        with(
            "window.asked = 0; navigator.storage.persist = async () => ++window.asked > 0;"
                + " navigator.storage.estimate = async () => ({usage: 81, quota: 100});")) {
      visit.ask("first");
      visit.end();
      assertThat(visit.find("#notice")).containsText("little room left");
      visit.ask("second");
      visit.end();
      visit.find("html[data-kept]").waitFor();
      assertThat(visit.page().evaluate("() => window.asked")).isEqualTo(1);
    }
  }

  @Test
  void thePageOffersToBeInstalledOnceThereAreThreeConversations() {
    try (Visit visit = with("")) {
      for (String question : new String[] {"one", "two", "three"}) {
        visit.find("#history [data-deed=newChat]").click();
        assertThat(visit.find(".bubble")).hasCount(0);
        visit.ask(question);
        visit.end();
      }
      assertThat(visit.find("#history li")).hasCount(3);
      visit
          .page()
          .evaluate(
              "() => { const offer = new Event('beforeinstallprompt');"
                  + " offer.prompt = () => (window.prompted = true); dispatchEvent(offer); }");
      assertThat(visit.find("#notice")).containsText("can be installed");
      menu(visit, "install");
      assertThat(visit.page().evaluate("() => window.prompted")).isEqualTo(true);
    }
  }

  @Test
  void whereTheBrowserCannotBeAskedToInstallThePersonIsToldHow() {
    try (Visit visit = with("Object.defineProperty(navigator, 'standalone', {value: false});")) {
      menu(visit, "install");
      assertThat(visit.find("#notice")).containsText("Add to Home Screen");
    }
  }

  @Test
  void whatAnotherAppSharesIsInTheBoxAndNotInTheAddress() {
    try (Visit visit = with("")) {
      visit.open(visit.page(), "/?title=A%20page&text=Read%20this&url=https%3A%2F%2Fa.example%2F");
      assertThat(visit.find("#message")).hasValue("A page\nRead this\nhttps://a.example/");
      assertThat(visit.page().url()).doesNotContain("?");
    }
  }
}
