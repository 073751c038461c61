package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How the mock upstream streams.
 *
 * @param tokens in each stream
 * @param paceMicros between two writes to one stream; 0 for one write to each stream in turn, as
 *     fast as the sockets take
 * @param burst tokens in each write
 */
record MockSettings(int tokens, int paceMicros, int burst) {
  static final MockSettings DEFAULT = new MockSettings(200, 50_000, 1);

  /** These settings as the query of {@code GET /bench/settings}. */
  String query() {
    return "tokens=" + tokens + "&pace=" + paceMicros + "&burst=" + burst;
  }

  /** Reads {@link #query} anywhere in a request target; what it lacks is as by default. */
  static MockSettings of(String target) {
    var args = new ArrayList<String>();
    for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
      String[] sides = pair.split("=", 2);
      if (sides.length == 2) {
        args.add("--" + sides[0]);
        args.add(sides[1]);
      }
    }
    return of(new Options(List.of("tokens", "pace", "burst"), args.toArray(String[]::new)));
  }

  static MockSettings of(Options options) {
    return new MockSettings(
        options.number("tokens", DEFAULT.tokens),
        options.number("pace", DEFAULT.paceMicros),
        options.number("burst", DEFAULT.burst));
  }
}
