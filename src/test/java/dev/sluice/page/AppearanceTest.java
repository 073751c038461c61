package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What axe finds in each state of the page: nothing. */
class AppearanceTest {
  @RegisterExtension static final Served SERVED = new Served();

  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice");

  private static void check(Visit visit, String state) {
    AxeResults results = new AxeBuilder(visit.page()).withTags(RULES).analyze();
    assertThat(results.getViolations())
        .as(state)
        .extracting(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "DARK, 390"})
  void axeFindsNothingInAnyState(ColorScheme scheme, int width) {
    look(scheme, width);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"LIGHT, 390", "DARK, 1280"})
  void norInTheOtherTwo(ColorScheme scheme, int width) {
    look(scheme, width);
  }

  private static void look(ColorScheme scheme, int width) {
    NewContextOptions options =
        new NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800);
    try (Visit visit = Visit.to(SERVED.port(), options).allow("Failed to load resource")) {
      check(visit, "empty");
      visit.ask("hello");
      visit.end();
      check(visit, "an answer");
      assertThat((int) visit.page().evaluate("() => document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(width);
      visit.choose("demo-slow");
      visit.ask("slowly");
      assertThat(visit.answer().locator(".body")).containsText("I am");
      check(visit, "streaming");
      visit.page().keyboard().press("Escape");
      visit.end();
      check(visit, "stopped");
      visit.choose("demo-refuse");
      visit.ask("no");
      visit.end();
      check(visit, "an error");
      visit.find("[popovertarget=menu]").click();
      check(visit, "the menu");
      visit.find("#menu [data-deed=settings]").click();
      assertThat(visit.find("dialog")).isVisible();
      check(visit, "the settings");
      visit.page().keyboard().press("Escape");
      visit.page().keyboard().press("Control+KeyK");
      check(visit, "the palette");
      visit.page().keyboard().press("Escape");
      if (width < 1024) {
        visit.find("#list").click();
        assertThat(visit.find("#history")).isVisible();
        check(visit, "the list");
      }
    }
  }
}
