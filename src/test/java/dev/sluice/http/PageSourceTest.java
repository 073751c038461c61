package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageSourceTest {
  private static final Pattern TEXT_OR_PATTERN =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|/(?:[^/\\\\]|\\\\.)+/");

  @Test
  void commentsGoAndLinesKeepTheirNumbers() {
    String source =
        """
        /** What it is. */
        import { a } from './a.js'; // stays: it has no line of its own

        /**
         * More,
         * on several lines.
         */
        export const url = 'http://x/*y*/'; /* stays */
          // goes
          call('// stays');
        """;
    assertThat(PageSource.lean(source))
        .isEqualTo(
            """

            import { a } from './a.js'; // stays: it has no line of its own





            export const url = 'http://x/*y*/'; /* stays */

            call('// stays');
            """);
  }

  /**
   * A text between backquotes that goes over several lines would lose what looks like a comment.
   */
  @Test
  void ourOwnSourcesHaveNothingThatWouldBeMistaken() throws Exception {
    try (var files = Files.walk(Path.of("webroot/js"))) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .allSatisfy(
              file ->
                  assertThat(PageSource.lean(Files.readString(file)).lines())
                      .map(line -> TEXT_OR_PATTERN.matcher(line).replaceAll(""))
                      .allMatch(line -> line.chars().filter(c -> c == '`').count() % 2 == 0));
    }
  }
}
