package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Keyboard;
import dev.sluice.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** One visit from beginning to end, by whoever has no mouse. */
class JourneyTest {

  private static void command(Visit visit, String words) {
    visit.page().keyboard().press("Control+KeyK");
    visit.page().keyboard().type(words);
    visit.page().keyboard().press("Enter");
  }

  @Test
  void whoHasNoMouseGetsEverywhere() throws Exception {
    TestGateway gateway = TestGateway.start(Served.QUICK);
    int port = gateway.port();
    try (Visit visit =
        Visit.to(port).allow("Failed to load resource").allow("fetching the script")) {
      Keyboard keyboard = visit.page().keyboard();
      assertThat(visit.find("#message")).isFocused();
      visit.page().evaluate("() => navigator.serviceWorker.ready.then(() => true)");
      keyboard.type("what is a sluice?");
      keyboard.press("Enter");
      assertThat(visit.find(".meta")).containsText("tokens");
      command(visit, "demo slow");
      assertThat(visit.find("#model")).hasValue("demo/demo-slow");
      assertThat(visit.find("#message")).isFocused();
      keyboard.type("and slowly?");
      keyboard.press("Enter");
      assertThat(visit.find(".answer")).hasCount(2);
      assertThat(visit.find(".answer").last().locator(".body")).containsText("I am");
      keyboard.press("Escape");
      assertThat(visit.find(".answer").last()).hasAttribute("data-state", "stopped");
      visit.reload();
      assertThat(visit.find(".bubble")).hasCount(2);
      command(visit, "demo fast");
      keyboard.press("ArrowUp");
      assertThat(visit.find("#message")).hasValue("and slowly?");
      keyboard.type(" or fast?");
      keyboard.press("Enter");
      assertThat(visit.find(".question").last().locator(".versions span")).hasText("2/2");
      assertThat(visit.find(".answer").last()).hasAttribute("data-state", "done");
      keyboard.press("Control+KeyB");
      keyboard.press("Control+KeyB");
      visit.find("#history input").focus();
      keyboard.type("nowhere to be found");
      assertThat(visit.find("#history li")).hasCount(0);
      keyboard.press("Control+KeyA");
      keyboard.type("OR FAST");
      assertThat(visit.find("#history li")).hasCount(1);
      keyboard.press("Control+KeyA");
      keyboard.press("Delete");
      command(visit, "settings");
      visit.find("dialog select").first().focus();
      keyboard.type("Dark");
      assertThat(visit.find("html")).hasAttribute("data-theme", "dark");
      keyboard.press("Escape");
      Download download = visit.page().waitForDownload(() -> command(visit, "export everything"));
      Path exported = download.path();
      assertThat(Files.readString(exported)).contains("and slowly? or fast?");
      command(visit, "delete");
      assertThat(visit.find("#history li")).hasCount(0);
      assertThat(visit.find("#notice")).containsText("is deleted");
      bringBack(visit, exported);
      assertThat(visit.find(".bubble").last()).hasText("and slowly? or fast?");
      visit.page().setViewportSize(390, 800);
      assertThat(visit.find("#history")).hasAttribute("popover", "auto");
      keyboard.press("Control+KeyB");
      assertThat(visit.find("#history")).isVisible();
      keyboard.press("Escape");
      assertThat(visit.find("#history")).isHidden();
      gateway.close();
      visit.page().reload();
      Visit.complete(visit.page());
      assertThat(visit.find(".bubble").last()).hasText("and slowly? or fast?");
      assertThat(visit.find("#status [role=status]")).hasText("Cannot reach the gateway.");
    }
  }

  private static void bringBack(Visit visit, Path exported) throws IOException {
    visit.page().reload();
    Visit.complete(visit.page());
    command(visit, "settings");
    visit.find("dialog input[type=file]").setInputFiles(exported);
    visit.page().keyboard().press("Escape");
    assertThat(visit.find("#history li")).hasCount(1);
    command(visit, "what is a sluice");
  }
}
