package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExportTest {
  @RegisterExtension static final Served SERVED = new Served();

  private static void openSettings(Visit visit) {
    visit.find("[popovertarget=menu]").click();
    visit.find("#menu [data-deed=settings]").click();
  }

  private static byte[] export(Visit visit) throws IOException {
    openSettings(visit);
    Download download =
        visit.page().waitForDownload(() -> visit.find("text=Export everything").click());
    assertThat(download.suggestedFilename()).isEqualTo("sluice.json");
    return Files.readAllBytes(download.path());
  }

  private static void importFile(Visit visit, byte[] file) {
    openSettings(visit);
    visit
        .find("dialog input[type=file]")
        .setInputFiles(new FilePayload("sluice.json", "application/json", file));
  }

  @Test
  void whatIsExportedInOneBrowserIsThereInAnother() throws IOException {
    byte[] exported;
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("take me along");
      visit.end();
      exported = export(visit);
    }
    try (Visit visit = Visit.to(SERVED.port())) {
      importFile(visit, exported);
      assertThat(visit.find("#notice")).containsText("1 conversation imported.");
      visit.page().keyboard().press("Escape");
      visit.find("#history [data-deed=open]").click();
      assertThat(visit.find(".bubble")).hasText("take me along");
      assertThat(visit.find(".answer table")).isVisible();
      importFile(visit, exported);
      assertThat(visit.find("#notice")).containsText("0 conversations imported.");
    }
  }

  @Test
  void aFileThatIsNoExportChangesNothingAndSaysSo() {
    try (Visit visit = Visit.to(SERVED.port())) {
      for (String wrong : new String[] {"", "{}", "[1]", "{\"format\":\"sluice-conversations\"}"}) {
        importFile(visit, wrong.getBytes(StandardCharsets.UTF_8));
        assertThat(visit.find("#notice")).containsText("not an export of this page");
        visit.page().keyboard().press("Escape");
      }
      assertThat(visit.find("#history li")).hasCount(0);
    }
  }

  @Test
  void oneConversationBecomesMarkdown() throws IOException {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.ask("as a text, please");
      visit.end();
      visit.find("[popovertarget=menu]").click();
      Download download =
          visit.page().waitForDownload(() -> visit.find("#menu [data-deed=exportOne]").click());
      assertThat(download.suggestedFilename()).isEqualTo("as-a-text-please.md");
      assertThat(Files.readString(download.path()))
          .startsWith("# as a text, please\n\n## You\n\nas a text, please\n\n## Demo")
          .contains("| Model |");
    }
  }
}
