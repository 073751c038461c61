package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an answer's Markdown becomes, through the whole gateway. */
class MarkdownTest {
  private static final String ANSWER =
      """
      # Title

      A *paragraph* with **weight**, `code`, ~~not this~~, a [link](https://example.com/a) and $5 to $6.

      1. one
      2. two
         - nested

      - [x] done
      - [ ] open

      > quoted

      | left | right |
      |---|--:|
      | a | 1 |

      ```python
      def f(x):  # comment
          return "text" + 12
      ```

      Inline \\(a^2\\) and

      $$
      \\frac{1}{2}
      $$

      ![chart](https://example.com/chart.png)

      <b>not bold</b>
      """;

  @Test
  void everyKindOfBlockIsItself() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(Upstreams.saying(ANSWER.split("(?<=\\G.{7})", -1)));
      visit.ask("everything, please");
      assertThat(visit.end()).isEqualTo("done");
      Locator body = visit.answer().locator(".body");
      assertThat(body.locator("h3")).hasText("Title");
      assertThat(body.locator("p em")).hasText("paragraph");
      assertThat(body.locator("p strong")).hasText("weight");
      assertThat(body.locator("p code")).hasText("code");
      assertThat(body.locator("del")).hasText("not this");
      assertThat(body.locator("p a").first()).hasAttribute("rel", "noopener noreferrer");
      assertThat(body.locator("p").first()).containsText("$5 to $6.");
      assertThat(body.locator("ol > li")).hasCount(2);
      assertThat(body.locator("ol ul li")).hasText("nested");
      assertThat(body.locator("input[type=checkbox]")).hasCount(2);
      assertThat(body.locator("blockquote")).hasText("quoted");
      assertThat(body.locator("td.right")).hasText("1");
      assertThat(body.locator(".language")).hasText("python");
      assertThat(body.locator(".formula math")).hasCount(2);
      assertThat(body.locator("a", new Locator.LocatorOptions().setHasText("chart"))).isVisible();
      assertThat(body.locator("img")).hasCount(0);
      assertThat(body.locator("b")).hasCount(0);
      assertThat(body).containsText("<b>not bold</b>");
      Object painted =
          visit
              .page()
              .evaluate("() => [...CSS.highlights].map(([k, v]) => k + v.size).sort() + ''");
      assertThat(painted)
          .isEqualTo("code-comment1,code-function1,code-keyword2,code-number1,code-string1");
    }
  }

  @Test
  void codeIsCopiedAndItsLinesAreWrapped() {
    try (Visit visit = Visit.to(SERVED.port())) {
      visit.context().grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
      visit.ask("show code");
      visit.end();
      Locator block = visit.find(".code").first();
      block.locator("[data-code=copy]").click();
      assertThat(block.locator("[data-code=copy]")).hasText("Copied");
      assertThat(visit.page().evaluate("() => navigator.clipboard.readText()"))
          .isEqualTo("OPENAI_API_KEY=... mvn compile exec:java");
      block.locator("[data-code=wrap]").click();
      assertThat(block.locator("[data-code=wrap]")).hasAttribute("aria-pressed", "true");
    }
  }

  @RegisterExtension static final Served SERVED = new Served();
}
