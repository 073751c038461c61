package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that want to run something, or to tell somebody that they are read. */
class HostileAnswersTest {
  @RegisterExtension static final Served SERVED = new Served();

  private static final List<String> ANSWERS =
      List.of(
          "<script>window.hacked=1</script>",
          "<img src=x onerror=window.hacked=1>",
          "<svg onload=window.hacked=1>",
          "<svg><script>window.hacked=1</script></svg>",
          "<iframe src=javascript:window.hacked=1></iframe>",
          "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
          "<body onload=window.hacked=1>",
          "<details open ontoggle=window.hacked=1>x</details>",
          "<a href=javascript:window.hacked=1>x</a>",
          "<style>@import url(https://evil.example/a.css)</style>",
          "<link rel=stylesheet href=https://evil.example/a.css>",
          "<meta http-equiv=refresh content='0;url=https://evil.example'>",
          "<base href=https://evil.example>",
          "<form action=https://evil.example><input name=a></form>",
          "<object data=https://evil.example></object>",
          "<embed src=https://evil.example>",
          "<video src=https://evil.example/a onerror=window.hacked=1></video>",
          "<audio src=https://evil.example/a></audio>",
          "<input autofocus onfocus=window.hacked=1>",
          "<select autofocus onfocus=window.hacked=1>",
          "<marquee onstart=window.hacked=1>x</marquee>",
          "<math><mi xlink:href=javascript:window.hacked=1>x</mi></math>",
          "<template><img src=x onerror=window.hacked=1></template>",
          "<noscript><img src=x onerror=window.hacked=1></noscript>",
          "<!--><img src=x onerror=window.hacked=1>-->",
          "<![CDATA[<img src=x onerror=window.hacked=1>]]>",
          "<x contenteditable onblur=window.hacked=1 tabindex=1 id=x>",
          "[x](javascript:window.hacked=1)",
          "[x](JaVaScRiPt:window.hacked=1)",
          "[x](java\tscript:window.hacked=1)",
          "[x](&#106;avascript:window.hacked=1)",
          "[x](data:text/html,<script>window.hacked=1</script>)",
          "[x](vbscript:window.hacked=1)",
          "[x](file:///etc/passwd)",
          "[x](blob:https://evil.example/1)",
          "[x](//evil.example)",
          "[x](\u0001javascript:window.hacked=1)",
          "<javascript:window.hacked=1>",
          "[x]: javascript:window.hacked=1\n\n[x]",
          "![x](https://evil.example/leak?q=1)",
          "![x](//evil.example/leak)",
          "![x](http://evil.example/a.png \"t\")",
          "![x](data:image/svg+xml,<svg onload=window.hacked=1>)",
          "![x](data:text/html;base64,PHNjcmlwdD4=)",
          "![x](javascript:window.hacked=1)",
          "![x](ftp://evil.example/a)",
          "[![x](https://evil.example/leak)](https://evil.example)",
          "![a][b]\n\n[b]: https://evil.example/leak",
          "```html\n<script>window.hacked=1</script>\n```",
          "```\"><img src=x onerror=window.hacked=1>\nx\n```",
          "`<img src=x onerror=window.hacked=1>`",
          "| <img src=x onerror=window.hacked=1> |\n|---|\n| <script>window.hacked=1</script> |",
          "- <img src=x onerror=window.hacked=1>",
          "> <svg onload=window.hacked=1>",
          "# <img src=x onerror=window.hacked=1>",
          "**<img src=x onerror=window.hacked=1>**",
          "$$\\href{javascript:window.hacked=1}{x}$$",
          "\\(\\htmlData{a=b}{x}\\)",
          "$$\\includegraphics{https://evil.example/leak}$$",
          "\\[\\url{javascript:window.hacked=1}\\]",
          "$$\\htmlStyle{background:url(https://evil.example)}{x}$$",
          "<scr<script>ipt>window.hacked=1</scr</script>ipt>",
          "<img src=x onerror=window.hacked=1",
          "<div style=\"background:url(https://evil.example/leak)\">x</div>",
          "<img srcset=https://evil.example/leak>",
          "<p style=position:fixed;inset:0>x</p>",
          "\u202e<img src=x onerror=window.hacked=1>",
          "<img\\nsrc=x\\nonerror=window.hacked=1>",
          "<a href=\"https://evil.example\" ping=\"https://evil.example/ping\">x</a>");

  /** Shown in the page itself, piece by piece, so that every unfinished state is shown as well. */
  private static final String SCRIPT =
      """
      async (answers) => {
        const { MarkdownView } = await import('/js/markdown/markdown.js');
        const log = document.getElementById('log');
        const suspicious = [];
        for (const answer of answers) {
          const box = log.appendChild(document.createElement('div'));
          box.className = 'body';
          const view = new MarkdownView(box);
          for (let length = 1; length <= answer.length; length += 3) view.show(answer.slice(0, length), false);
          view.show(answer, true);
          await new Promise((resolve) => requestAnimationFrame(resolve));
          const bad = box.querySelector('script, style, iframe, object, embed, form, link, meta, base, svg, video, audio');
          const images = [...box.querySelectorAll('img')].filter((image) => !image.src.startsWith('data:image/'));
          const links = [...box.querySelectorAll('a')].filter((a) => !/^(https?:|mailto:)/.test(a.href));
          const handlers = [...box.querySelectorAll('*')].filter((e) =>
            [...e.attributes].some(({ name }) => name.startsWith('on') || name === 'ping' || name === 'srcset'));
          if (bad || images.length || links.length || handlers.length) suspicious.push(answer);
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
        if (window.hacked) suspicious.push('something ran');
        return suspicious.join(' ### ');
      }
      """;

  @Test
  void nothingRunsAndNoRequestLeavesTheOrigin() {
    assertThat(ANSWERS).hasSizeGreaterThanOrEqualTo(60);
    try (Visit visit = Visit.to(SERVED.port())) {
      assertThat(visit.page().evaluate(SCRIPT, ANSWERS)).isEqualTo("");
    }
  }
}
