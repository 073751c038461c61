package dev.sluice.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool that a model may call. */
public sealed interface Tool {

  /**
   * A function with JSON arguments.
   *
   * @param parameters the JSON Schema of its arguments, or null for a function without any
   * @param strict whether arguments must fit the schema, or null if not said
   */
  record Function(
      String name,
      @Nullable String description,
      @Nullable Map<String, @Nullable Object> parameters,
      @Nullable Boolean strict)
      implements Tool {}

  /** A tool of another kind (free text, hosted by a vendor, ...), kept as it came. */
  record Other(Map<String, @Nullable Object> json) implements Tool {}
}
