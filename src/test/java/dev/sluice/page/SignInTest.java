package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.http.identity.NewApiKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** A page whose gateway lets nobody in without a key. */
class SignInTest {
  private final NewApiKey key = NewApiKey.generate(new SecureRandom());
  private final String settings =
      Served.QUICK + "keys: {required: true, clients: {alice: {hash: " + key.hash() + "}}}\n";

  @Test
  void whoHasAKeyGivesItOnceAndTheQuestionIsNotLost() throws Exception {
    try (var gateway = TestGateway.start(settings);
        Visit visit = Visit.to(gateway.port()).allow("Failed to load resource")) {
      visit.ask("let me in");
      assertThat(visit.end()).isEqualTo("failed");
      assertThat(visit.answer().locator(".note")).hasText("Please sign in.");
      visit.answer().locator("[data-act=signIn]").click();
      visit.find("dialog input").fill("sluice_wrong");
      visit.find("dialog .first").click();
      assertThat(visit.find("dialog [role=alert]")).hasText("The API key is not known here.");
      visit.find("dialog input").fill(key.key().reveal());
      visit.find("dialog .first").click();
      assertThat(visit.find(".answer .versions span")).hasText("2/2");
      assertThat(visit.end()).isEqualTo("done");
      assertThat(visit.find(".bubble")).hasText("let me in");
      visit.reload();
      visit.ask("still me");
      assertThat(visit.end()).isEqualTo("done");
      Object seen =
          visit.page().evaluate("() => document.cookie + JSON.stringify({...localStorage})");
      assertThat(seen.toString()).doesNotContain(key.key().reveal());
      visit.find("[popovertarget=menu]").click();
      visit.find("#menu [data-deed=settings]").click();
      visit.find("dialog button:has-text('Sign out')").click();
      assertThat(visit.find("#notice")).containsText("You are signed out.");
      visit.ask("and now?");
      assertThat(visit.end()).isEqualTo("failed");
    }
  }

  @Test
  void pageWithoutAKeyAsksForItAndThenOffersTheModels() throws Exception {
    try (var gateway = TestGateway.start(settings);
        Visit visit = Visit.to(gateway.port()).allow("Failed to load resource")) {
      assertThat(visit.find("#notice")).containsText("Please sign in.");
      visit.find("#notice button").click();
      visit.find("dialog input").fill(key.key().reveal());
      visit.find("dialog .first").click();
      visit.choose("demo-count");
      assertThat(visit.find("#notice")).isHidden();
      assertThat(visit.find("[data-connection]")).hasAttribute("data-connection", "up");
      visit.ask("hello");
      assertThat(visit.end()).isEqualTo("done");
    }
  }
}
