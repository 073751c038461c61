package dev.sluice.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's body as one upstream wants it. */
public final class DialectBody {

  private DialectBody() {}

  /**
   * {@code body} without the members that {@code dialect} drops, the others by the names that it
   * gives them. Where two members come to have one name, the first has it.
   */
  public static Map<String, @Nullable Object> of(
      Map<String, @Nullable Object> body, Dialect dialect) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    body.forEach(
        (name, value) -> {
          String other = dialect.rename().getOrDefault(name, name);
          if (!dialect.drop().contains(name) && !written.containsKey(other)) {
            written.put(other, value);
          }
        });
    return written;
  }
}
