package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @RegisterExtension static final Served SERVED = new Served();

  private static void open(Visit visit) {
    visit.find("[popovertarget=menu]").click();
    visit.find("#menu [data-deed=settings]").click();
  }

  private static Object background(Visit visit) {
    return visit
        .page()
        .evaluate("() => getComputedStyle(document.documentElement).backgroundColor");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, dark", "DARK, light"})
  void aChosenThemeHoldsAgainstTheSystemsAndIsThereBeforeTheFirstPaint(
      ColorScheme system, String chosen) {
    try (Visit visit = Visit.to(SERVED.port(), new NewContextOptions().setColorScheme(system))) {
      Object before = background(visit);
      open(visit);
      visit.find("dialog select").first().selectOption(chosen);
      Object after = background(visit);
      assertThat(after).isNotEqualTo(before);
      visit.reload();
      assertThat(visit.find("html")).hasAttribute("data-theme", chosen);
      assertThat(background(visit)).isEqualTo(after);
      assertThat(visit.find("head > script").first()).hasAttribute("src", "js/theme.js");
    }
  }

  @ParameterizedTest
  @CsvSource({"de, ltr, Gespräche", "ar, rtl, المحادثات", "fr, ltr, Conversations"})
  void thePageSpeaksTheBrowsersLanguageIfItCan(String locale, String direction, String words) {
    try (Visit visit = Visit.to(SERVED.port(), new NewContextOptions().setLocale(locale))) {
      assertThat(visit.find("html")).hasAttribute("dir", direction);
      assertThat(visit.find("#history")).hasAttribute("aria-label", words);
      visit.ask("hello");
      assertThat(visit.end()).isEqualTo("done");
    }
  }

  @Test
  void aLanguageCanBeChosen() {
    try (Visit visit = Visit.to(SERVED.port())) {
      open(visit);
      visit.find("dialog select").nth(1).selectOption("ar");
      assertThat(visit.find("html[dir=rtl]")).hasCount(1);
      assertThat(visit.find("html")).hasAttribute("lang", "ar");
    }
  }

  @Test
  void everyLanguageHasAllTheWords() {
    try (Visit visit = Visit.to(SERVED.port())) {
      Object missing =
          visit
              .page()
              .evaluate(
                  """
                  async () => {
                    const paths = (words, at = '') =>
                      Object.entries(words).flatMap(([key, value]) =>
                        typeof value === 'object' ? paths(value, `${at}${key}.`) : [`${at}${key}:${typeof value}`]);
                    const [en, ...others] = await Promise.all(
                      ['en', 'de', 'ar'].map(async (tag) => paths((await import(`/js/words/${tag}.js`)).words).sort().join()));
                    return others.filter((other) => other !== en).length;
                  }
                  """);
      assertThat(missing).isEqualTo(0);
    }
  }

  @Test
  void enterCanBeToldToBreakTheLine() {
    try (Visit visit = Visit.to(SERVED.port())) {
      open(visit);
      visit.find("dialog select").nth(2).selectOption("line");
      visit.page().keyboard().press("Escape");
      visit.find("#message").pressSequentially("a");
      visit.find("#message").press("Enter");
      visit.find("#message").pressSequentially("b");
      assertThat(visit.find("#message")).hasValue("a\nb");
      visit.find("#message").press("Control+Enter");
      assertThat(visit.find(".bubble")).hasText("a\nb");
      visit.end();
    }
  }

  @Test
  void dictationIsOffUntilItIsWanted() {
    try (Visit visit = Visit.to(SERVED.port())) {
      assertThat(visit.find("#dictate")).isHidden();
      open(visit);
      visit.find("dialog input[type=checkbox]").last().check();
      visit.page().keyboard().press("Escape");
      assertThat(visit.find("#dictate")).isVisible();
    }
  }
}
