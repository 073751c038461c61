package dev.sluice.upstream;

import java.util.List;
import java.util.Locale;

/** How the end of a reply's body is told (RFC 9112, 6.3). */
enum Framing {
  CHUNKED,
  LENGTH,
  UNTIL_CLOSE;

  /** The framing that a status and its header lines announce; chunked unless they say otherwise. */
  static Framing of(int status, List<String> lines) {
    if (status == 204 || status == 304 || announces(lines, "content-length:")) {
      return LENGTH;
    }
    boolean close =
        lines.stream()
            .anyMatch(line -> line.toLowerCase(Locale.ROOT).matches("connection: *close"));
    return close && !announces(lines, "transfer-encoding:") ? UNTIL_CLOSE : CHUNKED;
  }

  static boolean announces(List<String> lines, String field) {
    return lines.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(field));
  }
}
