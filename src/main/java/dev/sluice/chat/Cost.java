package dev.sluice.chat;

/**
 * What a chat uses up besides being a request.
 *
 * @param tokens those of the question and of the answer
 * @param microdollars what they cost, in millionths of a dollar
 */
public record Cost(long tokens, long microdollars) {
  public static final Cost NONE = new Cost(0, 0);
}
