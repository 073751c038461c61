package dev.sluice.http.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code Forwarded} (RFC 7239, section 4): {@code for=192.0.2.7;proto=https}. */
final class ForwardedElements {
  /** A line that cannot be read says of nobody who asks. */
  private static final List<String> UNREADABLE = List.of("");

  /**
   * One pair and what ends it. A value without quotes may hold more than the RFC allows, since
   * proxies forget the quotes around {@code [::1]:80}.
   */
  private static final Pattern PAIR =
      Pattern.compile(
          "[ \\t]*+(?:([A-Za-z0-9!#$%&'*+.^_`|~-]++)="
              + "(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\",;\\\\]++)))?+[ \\t]*+([,;]|\\z)");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private final List<String> nodes = new ArrayList<>();
  private String node = "";
  private int named;

  private ForwardedElements() {}

  /**
   * What stands behind {@code for=} in each of the line's elements, from left to right; an empty
   * text for an element that has no such pair or more than one. A line that is broken anywhere is
   * one empty text: its quotes may have swallowed what a proxy added.
   */
  static List<String> nodes(String line) {
    ForwardedElements elements = new ForwardedElements();
    Matcher pair = PAIR.matcher(line);
    int at = 0;
    do {
      if (!pair.region(at, line.length()).lookingAt()) {
        return UNREADABLE;
      }
      elements.pair(pair.group(1), value(pair));
      if (!pair.group(4).equals(";")) {
        elements.end();
      }
      at = pair.end();
    } while (!pair.group(4).isEmpty());
    return elements.nodes;
  }

  private static String value(Matcher pair) {
    String quoted = pair.group(2);
    if (quoted != null) {
      return ESCAPED.matcher(quoted).replaceAll("$1");
    }
    String plain = pair.group(3);
    return plain == null ? "" : plain;
  }

  private void pair(@Nullable String name, String value) {
    if (name != null && name.toLowerCase(Locale.ROOT).equals("for")) {
      node = value;
      named++;
    }
  }

  private void end() {
    nodes.add(named == 1 ? node : "");
    node = "";
    named = 0;
  }
}
