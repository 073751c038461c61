package dev.sluice.wire;

/** A request holds something that a wire has no words for. */
public final class UnsupportedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String field;

  /**
   * @param field the request's member at fault, such as {@code messages[2].content[0]}
   * @param message a sentence for the caller; holds nothing of the conversation
   */
  public UnsupportedRequestException(String field, String message) {
    super(message);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
