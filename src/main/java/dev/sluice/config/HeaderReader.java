package dev.sluice.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code headers} that are sent along. */
final class HeaderReader {
  /** What a name may be made of (RFC 9110, section 5.6.2). */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private static final Set<String> OWN =
      Set.of("connection", "content-length", "content-type", "host", "transfer-encoding");

  private HeaderReader() {}

  static Map<String, Secret> read(Section in) {
    Map<String, Secret> headers = new HashMap<>();
    in.keys()
        .forEach(
            (written, setting) -> {
              String name = written.toLowerCase(Locale.ROOT);
              check(name, headers.keySet(), setting);
              setting.required().header().ifPresent(value -> headers.put(name, value));
            });
    return headers;
  }

  private static void check(String name, Set<String> before, Setting setting) {
    if (!NAME.matcher(name).matches()) {
      setting.refuse("is not the name of a header");
    } else if (OWN.contains(name)) {
      setting.refuse("is a header that the gateway sets itself");
    } else if (before.contains(name)) {
      setting.refuse("stands twice; upper and lower case are the same");
    }
  }
}
