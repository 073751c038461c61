package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A browser that keeps nothing says so, and one can chat in it all the same. */
class NothingKeptTest {
  @RegisterExtension static final Served SERVED = new Served();

  @Test
  void aDatabaseThatDoesNotOpenIsToldWithAWayOut() {
    try (Visit visit =
        Visit.to(
            SERVED.port(),
            new NewContextOptions(),
            "indexedDB.open = () => { throw new DOMException('no room', 'QuotaExceededError'); }")) {
      visit.ask("hello");
      assertThat(visit.end()).isEqualTo("done");
      assertThat(visit.find("#notice")).containsText("does not keep the conversation");
      Download download = visit.page().waitForDownload(() -> visit.find("#notice button").click());
      assertThat(download.suggestedFilename()).isEqualTo("hello.md");
      visit.ask("and again");
      assertThat(visit.end()).isEqualTo("done");
      assertThat(visit.find(".answer")).hasCount(2);
    }
  }

  @Test
  void withoutALocalStorageNothingIsMissedButTheMemory() {
    try (Visit visit =
        Visit.to(
            SERVED.port(),
            new NewContextOptions(),
            "Object.defineProperty(window, 'localStorage',"
                + " { get() { throw new DOMException('denied', 'SecurityError'); } })")) {
      visit.ask("hello");
      assertThat(visit.end()).isEqualTo("done");
    }
  }
}
