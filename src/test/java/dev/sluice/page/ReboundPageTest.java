package dev.sluice.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page whose own name leads to the gateway's address by the time that it asks. */
class ReboundPageTest {
  @RegisterExtension static final Served served = new Served();

  @Test
  void reboundPageGets421AndReadsNothing() {
    try (var context = Browser.newContext(new NewContextOptions())) {
      Page page = context.newPage();
      // The browser resolves every name below localhost to the loopback: a rebound name.
      String rebound = "http://rebound.localhost:" + served.port();
      assertThat(page.navigate(rebound + "/").status()).isEqualTo(421);
      page.route(
          rebound + "/attack",
          route -> route.fulfill(new Route.FulfillOptions().setBody("<p>from another server")));
      page.navigate(rebound + "/attack");
      Object read =
          page.evaluate(
              """
              async () => {
                const get = await fetch('/api/models');
                const post = await fetch('/api/chat', {
                  method: 'POST',
                  headers: {'content-type': 'application/json'},
                  body: JSON.stringify({message: 'hello', model: 'demo-count?tokens=3'}),
                });
                return [get.status, post.status, await get.text() + await post.text()].join(' ');
              }
              """);
      assertThat(String.valueOf(read))
          .startsWith("421 421 ")
          .contains("misdirected_request")
          .doesNotContain("demo");
    }
  }
}
