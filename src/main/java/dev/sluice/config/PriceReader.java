package dev.sluice.config;

import dev.sluice.chat.Price;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a provider's {@code prices}: by model, in dollars for a million tokens. */
final class PriceReader {
  private static final double MOST = 100_000;

  private PriceReader() {}

  static Map<String, Price> read(Section in) {
    Map<String, Price> prices = new LinkedHashMap<>();
    for (String model : in.names()) {
      Section price = in.section(model);
      double input = dollars(price.key("input").required(), 0);
      prices.put(
          model,
          new Price(
              input,
              dollars(price.key("cached_input"), input),
              dollars(price.key("output").required(), 0)));
    }
    return prices;
  }

  private static double dollars(Setting written, double usual) {
    return written.number(0, MOST).orElse(usual);
  }
}
