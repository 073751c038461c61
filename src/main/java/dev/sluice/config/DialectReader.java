package dev.sluice.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a provider's {@code dialect}, which begins with what is usual for its kind. */
final class DialectReader {
  private final Section in;
  private final DialectConfig usual;

  DialectReader(Section in, DialectConfig usual) {
    this.in = in;
    this.usual = usual;
  }

  DialectConfig read() {
    Section rename = in.section("rename");
    Map<String, String> renamed = new HashMap<>();
    rename.keys().forEach((from, to) -> to.required().text().ifPresent(t -> renamed.put(from, t)));
    Optional<String> version = in.key("version").text();
    return new DialectConfig(
        in.has("rename") ? renamed : usual.rename(),
        in.key("drop").texts().<Set<String>>map(Set::copyOf).orElse(usualDrop(version)),
        version.orElse(usual.version()),
        in.key("max_tokens").integer(1, 10_000_000).orElse(usual.maxTokens()));
  }

  /** What is left out by default is what that version refuses; of another, nothing is known. */
  private Set<String> usualDrop(Optional<String> version) {
    return version.isEmpty() || version.get().equals(usual.version()) ? usual.drop() : Set.of();
  }
}
