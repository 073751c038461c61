package dev.sluice.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All settings as they hold, in the manner of the settings file; secrets are masked. */
public final class ConfigText {
  private final StringBuilder text = new StringBuilder();

  private ConfigText() {}

  public static String of(Config config) {
    ConfigText writer = new ConfigText();
    writer.members(config, 0);
    return writer.text.toString();
  }

  private void members(Record settings, int depth) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      member(name(component.getName()), value(settings, component), depth);
    }
  }

  private void member(String name, @Nullable Object value, int depth) {
    text.append("  ".repeat(depth)).append(name).append(':');
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      text.append('\n');
      map.forEach((key, entry) -> member(String.valueOf(key), entry, depth + 1));
    } else if (value instanceof Record settings && !(value instanceof Cidr)) {
      text.append('\n');
      members(settings, depth + 1);
    } else if (value instanceof Collection<?> items && containsRecords(items)) {
      text.append('\n');
      items.forEach(item -> member("-", item, depth + 1));
    } else {
      text.append(value == null ? "" : " " + scalar(value)).append('\n');
    }
  }

  private static boolean containsRecords(Collection<?> items) {
    return items.stream().anyMatch(item -> item instanceof Record && !(item instanceof Cidr));
  }

  private static String scalar(Object value) {
    if (value instanceof Duration duration) {
      return Quantities.written(duration);
    }
    return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString();
  }

  private static @Nullable Object value(Record settings, RecordComponent component) {
    try {
      return component.getAccessor().invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("A record of settings is public", e);
    }
  }

  /** {@code perMinute} is written {@code per_minute}. */
  private static String name(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
