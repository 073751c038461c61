package dev.sluice.chat;

/**
 * What a model's tokens cost, in dollars for a million, which is as many millionths of a dollar for
 * one.
 *
 * @param input for a token of the question
 * @param cachedInput for one of them that came from the vendor's cache
 * @param output for a token of the answer
 */
public record Price(double input, double cachedInput, double output) {
  public static final Price FREE = new Price(0, 0, 0);

  /** What that usage costs, rounded up. */
  public Cost of(Usage usage) {
    long cached = Math.min(usage.cacheRead(), usage.input());
    double micros =
        (usage.input() - cached) * input + cached * cachedInput + usage.output() * output;
    return new Cost(usage.total(), (long) Math.ceil(micros));
  }
}
