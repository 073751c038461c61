package dev.sluice.config;

import java.util.List;
import java.util.Map;

/**
 * What a YAML file says, without a guess at types: a scalar is the text that was written, so that
 * {@code no}, {@code 010} and {@code 1e5} mean what the reader of the setting makes of them.
 */
sealed interface Value {

  /** Where it stands, from 1. */
  int line();

  /** What a person calls it. */
  String noun();

  /** Nothing: {@code key:}, {@code key: ~} or {@code key: null}. */
  record Blank(int line) implements Value {
    @Override
    public String noun() {
      return "nothing";
    }
  }

  /** A scalar. */
  record Text(String text, int line) implements Value {
    @Override
    public String noun() {
      return "a text";
    }
  }

  /** A sequence. */
  record Items(List<Value> items, int line) implements Value {
    @Override
    public String noun() {
      return "a list";
    }
  }

  /** A mapping, in order. */
  record Block(Map<String, Value> members, int line) implements Value {
    @Override
    public String noun() {
      return "a section";
    }
  }
}
