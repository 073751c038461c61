package dev.sluice.http.identity;

import java.util.List;
import java.util.Locale;

/** Headers to ask with, each written {@code name: value}. */
record Lines(List<String> lines) implements HeaderLines {

  static Lines of(String... lines) {
    return new Lines(List.of(lines));
  }

  @Override
  public List<String> all(String name) {
    String start = name + ":";
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }
}
