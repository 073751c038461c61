package dev.sluice.wire;

/**
 * A text that is not the JSON it should be. The message is a sentence that quotes nothing of it.
 */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1;
  private final String path;

  JsonException(String path, String message) {
    super(message);
    this.path = path;
  }

  /** Where in the text, such as {@code history[3].role}; empty for the text as a whole. */
  public String path() {
    return path;
  }
}
