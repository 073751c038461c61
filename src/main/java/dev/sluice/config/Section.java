package dev.sluice.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of the settings, read key by key. It remembers which keys were asked for: when the reading
 * is over, the others are those that nobody knows.
 */
final class Section {
  private final String path;
  private final int line;
  private final Map<String, Value> members;
  private final Source source;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<Section> parts = new ArrayList<>();

  Section(String path, Value value, Source source) {
    this.path = path;
    this.line = value.line();
    this.members = value instanceof Value.Block block ? block.members() : Map.of();
    this.source = source;
    if (!(value instanceof Value.Block) && !(value instanceof Value.Blank)) {
      refuse("must be a section of settings, not " + value.noun());
    }
  }

  /** The setting of that name, which may not be written. */
  Setting key(String name) {
    return source.setting(path(name), ask(name));
  }

  /** The part of that name, which may be empty. */
  Section section(String name) {
    Section part = new Section(path(name), ask(name), source);
    parts.add(part);
    return part;
  }

  /** Whether anything is written under that name, if only an empty list or section. */
  boolean has(String name) {
    return members.containsKey(name) && !(members.get(name) instanceof Value.Blank);
  }

  /** The names that are written here, in order. */
  Set<String> names() {
    return members.keySet();
  }

  /** Every setting that is written here, for a section whose keys are free. */
  Map<String, Setting> keys() {
    Map<String, Setting> settings = new LinkedHashMap<>();
    members.keySet().forEach(name -> settings.put(name, key(name)));
    return settings;
  }

  void refuse(String message) {
    source.refuse(path, line, message);
  }

  /** Refuses, here and in all parts, what is written but was never asked for. */
  void refuseUnknownKeys() {
    members.forEach(
        (name, value) -> {
          if (!asked.contains(name)) {
            source.refuse(path(name), value.line(), "is not a setting; " + advice(name));
          }
        });
    parts.forEach(Section::refuseUnknownKeys);
  }

  private String advice(String name) {
    return Nearest.to(name, asked)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElse("there are " + String.join(", ", asked));
  }

  private Value ask(String name) {
    asked.add(name);
    return members.getOrDefault(name, new Value.Blank(line));
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
