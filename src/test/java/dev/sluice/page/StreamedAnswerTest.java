package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However an answer is cut into pieces, the page looks the same in the end. */
class StreamedAnswerTest {
  @RegisterExtension static final Served SERVED = new Served();

  private static final String SCRIPT =
      """
      async (source) => {
        const { MarkdownView } = await import('/js/markdown/markdown.js');
        const draw = (pieces) => {
          const box = document.createElement('div');
          const view = new MarkdownView(box);
          pieces.forEach((piece, i) => view.show(piece, i === pieces.length - 1));
          return box.innerHTML;
        };
        const whole = draw([source]);
        const wrong = [];
        for (let cut = 1; cut < source.length; cut++) {
          if (draw([source.slice(0, cut), source]) !== whole) wrong.push(cut);
        }
        const letters = Array.from(source, (_, i) => source.slice(0, i + 1));
        if (draw(letters) !== whole) wrong.push('letters');
        return wrong.join();
      }
      """;

  private static final String SOURCE =
      """
      # One
      text *em* **strong** `code` [a](https://b.c "t") and <i>html</i>

      - a
      - b

        more of b
      - c

      1) x

      > quote
      > more

      | a | b |
      |:-:|--:|
      | 1 | 2 |

      ```js
      let a = `x`;

      // comment
      ```
      Setext
      ======

      ~~~
      unclosed
      """;

  @Test
  void everySplitEndsInTheSameText() {
    try (Visit visit = Visit.to(SERVED.port())) {
      assertThat(visit.page().evaluate(SCRIPT, SOURCE)).isEqualTo("");
    }
  }

  @Test
  void finishedBlocksAreNeverTouchedAgain() {
    try (Visit visit = Visit.to(SERVED.port())) {
      Object same =
          visit
              .page()
              .evaluate(
                  """
                  async () => {
                    const { MarkdownView } = await import('/js/markdown/markdown.js');
                    const box = document.createElement('div');
                    const view = new MarkdownView(box);
                    view.show('first\\n\\nsecond', false);
                    const first = box.firstChild;
                    view.show('first\\n\\nsecond and more\\n\\nthird', false);
                    return box.firstChild === first && box.children.length;
                  }
                  """);
      assertThat(same).isEqualTo(3);
    }
  }
}
