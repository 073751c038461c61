package dev.sluice.provider.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the demo model says, cut into tokens beforehand. */
final class DemoText {
  private static final Pattern TOKEN = Pattern.compile("\\s*\\S{1,7}|\\s+$");

  /** The tokens of the text; they join to the text again. */
  static final List<String> TOKENS = tokens(read());

  private DemoText() {}

  private static String read() {
    try (InputStream text = DemoText.class.getResourceAsStream("demo.md")) {
      return new String(
          Objects.requireNonNull(text, "demo.md").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return List.copyOf(tokens);
  }
}
