package dev.sluice.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a first visit costs over the wire, until one can write. */
class BudgetTest {
  private static final int REQUESTS = 15;
  private static final long BYTES = 60 * 1024;

  private static final Locator.WaitForOptions ATTACHED =
      new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);

  @RegisterExtension static final Served SERVED = new Served();

  @Test
  void aFirstVisitIsSmall() {
    try (BrowserContext context = Browser.newContext(new NewContextOptions())) {
      Page page = context.newPage();
      CDPSession session = context.newCDPSession(page);
      Map<String, String> requests = Collections.synchronizedMap(new LinkedHashMap<>());
      Map<String, Long> sizes = new ConcurrentHashMap<>();
      session.send("Network.enable");
      session.on("Network.requestWillBeSent", event -> requests.put(id(event), url(event)));
      session.on("Network.loadingFinished", event -> sizes.put(id(event), size(event)));
      page.navigate("http://localhost:" + SERVED.port() + "/");
      page.locator("html[data-ready]").waitFor();
      // The models are asked for as soon as one can write.
      page.locator("#model option:checked:not([disabled])").waitFor(ATTACHED);
      List<String> first =
          List.copyOf(requests.entrySet()).stream()
              .takeWhile(request -> !request.getValue().endsWith("/api/models"))
              .map(Map.Entry::getKey)
              .toList();
      page.waitForCondition(() -> sizes.keySet().containsAll(first));
      long bytes = first.stream().mapToLong(sizes::get).sum();
      System.out.printf("until one can write: %d requests, %d bytes%n", first.size(), bytes);
      assertThat(first).hasSizeBetween(5, REQUESTS);
      assertThat(bytes).isBetween(5_000L, BYTES);
    }
  }

  private static String id(JsonObject event) {
    return event.get("requestId").getAsString();
  }

  private static String url(JsonObject event) {
    return event.getAsJsonObject("request").get("url").getAsString();
  }

  private static long size(JsonObject event) {
    return event.get("encodedDataLength").getAsLong();
  }
}
