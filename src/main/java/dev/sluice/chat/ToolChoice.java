package dev.sluice.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tool a model is to call, if any. */
public sealed interface ToolChoice {

  /** A choice without a name of its own. */
  enum Mode implements ToolChoice {
    /** The model decides. */
    AUTO,
    /** No tool. */
    NONE,
    /** Some tool, the model decides which. */
    REQUIRED
  }

  /** This function and no other. */
  record Named(String name) implements ToolChoice {}

  /** A choice of another kind, kept as it came. */
  record Other(Map<String, @Nullable Object> json) implements ToolChoice {}
}
