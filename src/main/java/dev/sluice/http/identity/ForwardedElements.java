package dev.sluice.http.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code Forwarded} (RFC 7239, section 4): {@code for=192.0.2.7;proto=https}. */
final class ForwardedElements {
  private static final List<ForwardedElement> UNREADABLE = List.of(ForwardedElement.ofNode(""));

  /**
   * One pair and what ends it. A value without quotes may hold more than the RFC allows, since
   * proxies forget the quotes around {@code [::1]:80}.
   */
  private static final Pattern PAIR =
      Pattern.compile(
          "[ \\t]*+(?:([A-Za-z0-9!#$%&'*+.^_`|~-]++)="
              + "(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\",;\\\\]++)))?+[ \\t]*+([,;]|\\z)");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private final List<ForwardedElement> elements = new ArrayList<>();
  private final Map<String, String> pairs = new HashMap<>();

  private ForwardedElements() {}

  /**
   * The line's elements, from left to right. A line that is broken anywhere is one element that
   * says nothing: its quotes may have swallowed what a proxy added.
   */
  static List<ForwardedElement> of(String line) {
    ForwardedElements read = new ForwardedElements();
    Matcher pair = PAIR.matcher(line);
    int at = 0;
    do {
      if (!pair.region(at, line.length()).lookingAt()) {
        return UNREADABLE;
      }
      read.pair(pair.group(1), value(pair));
      if (!pair.group(4).equals(";")) {
        read.end();
      }
      at = pair.end();
    } while (!pair.group(4).isEmpty());
    return read.elements;
  }

  private static String value(Matcher pair) {
    String quoted = pair.group(2);
    if (quoted != null) {
      return ESCAPED.matcher(quoted).replaceAll("$1");
    }
    String plain = pair.group(3);
    return plain == null ? "" : plain;
  }

  /** A name that stands twice says nothing. */
  private void pair(@Nullable String name, String value) {
    if (name != null) {
      pairs.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> "");
    }
  }

  private void end() {
    elements.add(
        new ForwardedElement(
            pairs.getOrDefault("for", ""),
            pairs.getOrDefault("proto", ""),
            pairs.getOrDefault("host", "")));
    pairs.clear();
  }
}
