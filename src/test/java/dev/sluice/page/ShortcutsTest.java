package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShortcutsTest {
  @RegisterExtension static final Served SERVED = new Served();

  @Test
  void theKeyboardReachesEverything() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
      var keyboard = visit.page().keyboard();
      visit.ask("hello");
      visit.end();
      keyboard.press("Control+Shift+KeyC");
      assertThat(visit.find("#spoken")).hasText("Copied");
      assertThat(visit.page().evaluate("() => navigator.clipboard.readText()"))
          .asString()
          .startsWith("I am the **demo model**");
      keyboard.press("Alt+ArrowUp");
      assertThat(visit.find(".answer")).isFocused();
      keyboard.press("Alt+ArrowUp");
      assertThat(visit.find(".question")).isFocused();
      keyboard.press("?");
      assertThat(visit.find("dialog h2")).hasText("Keyboard shortcuts");
      keyboard.press("Escape");
      assertThat(visit.find("dialog")).hasCount(0);
      keyboard.press("Control+KeyB");
      assertThat(visit.find("#history")).isHidden();
      keyboard.press("Control+KeyB");
      assertThat(visit.find("#history")).isVisible();
      keyboard.press("Control+Shift+KeyO");
      assertThat(visit.find(".bubble")).hasCount(0);
      assertThat(visit.find("#message")).isFocused();
      keyboard.type("is this a question?");
      assertThat(visit.find("dialog")).hasCount(0);
      assertThat(visit.find("#message")).hasValue("is this a question?");
    }
  }

  @Test
  void thePaletteFindsCommandsModelsAndConversations() {
    try (Visit visit = Visit.to(SERVED.port())) {
      var keyboard = visit.page().keyboard();
      visit.ask("needle in a haystack");
      visit.end();
      keyboard.press("Control+KeyK");
      keyboard.type("demo slow");
      assertThat(visit.find(".palette [role=option]")).hasCount(1);
      keyboard.press("Enter");
      assertThat(visit.find("#model")).hasValue("demo/demo-slow");
      keyboard.press("Control+Shift+KeyO");
      assertThat(visit.find(".bubble")).hasCount(0);
      keyboard.press("Control+KeyK");
      keyboard.type("needle");
      keyboard.press("Enter");
      assertThat(visit.find(".bubble")).hasText("needle in a haystack");
      keyboard.press("Control+KeyK");
      keyboard.press("ArrowDown");
      keyboard.press("ArrowUp");
      keyboard.press("Enter");
      assertThat(visit.find(".bubble")).hasCount(0);
    }
  }

  @Test
  void aSingleKeyCanBeTurnedOff() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.page().evaluate("() => localStorage.setItem('sluice.settings', '{\"keys\":false}')");
      visit.reload();
      visit.find("#scroller").focus();
      visit.page().keyboard().press("?");
      visit.page().keyboard().press("Control+KeyK");
      assertThat(visit.find("dialog h2")).hasText("Commands");
    }
  }
}
