package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import dev.sluice.TestGateway;
import org.junit.jupiter.api.Test;

class OfflineTest {

  @Test
  void savedConversationsAreReadWhileTheGatewayIsReallyStopped() throws Exception {
    TestGateway gateway = TestGateway.start(Served.QUICK);
    try (Visit visit =
        Visit.to(gateway.port())
            .allow("Failed to load resource")
            .allow("when fetching the script")) {
      visit.awaitWorker();
      visit.ask("read me offline");
      visit.end();
      visit.reload();
      gateway.close();
      visit.page().reload();
      Visit.complete(visit.page());
      assertThat(visit.find(".bubble")).hasText("read me offline");
      assertThat(visit.find(".answer table")).isVisible();
      visit.find("#history input").fill("offline");
      assertThat(visit.find("#history li")).hasCount(1);
      assertThat(visit.find("#status [role=status]")).hasText("Cannot reach the gateway.");
    }
  }

  @Test
  void thePageCanBeInstalled() throws Exception {
    try (var gateway = TestGateway.start(Served.QUICK);
        Visit visit = Visit.to(gateway.port())) {
      visit.awaitWorker();
      CDPSession session = visit.context().newCDPSession(visit.page());
      JsonObject errors = session.send("Page.getInstallabilityErrors");
      // Each visit of the tests is like a private window, which is all that may be wrong.
      assertThat(errors.getAsJsonArray("installabilityErrors"))
          .allMatch(error -> error.toString().contains("in-incognito"));
      JsonObject manifest = session.send("Page.getAppManifest");
      assertThat(manifest.getAsJsonArray("errors")).isEmpty();
      assertThat(visit.find("link[rel=manifest]").getAttribute("href"))
          .isEqualTo("manifest.webmanifest");
    }
  }

  @Test
  void theApiIsNeverKept() throws Exception {
    try (var gateway = TestGateway.start(Served.QUICK);
        Visit visit = Visit.to(gateway.port())) {
      visit.awaitWorker();
      visit.ask("hello");
      visit.end();
      Object kept =
          visit
              .page()
              .evaluate(
                  "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
                      + " (await (await caches.open(name)).keys()).map(({url}) => url)))).flat()"
                      + ".filter((url) => url.includes('/api/')).length");
      assertThat(kept).isEqualTo(0);
    }
  }
}
